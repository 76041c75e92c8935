import { GitAgent, type Db, type InsertValues, type Tx } from '#database';

/** Which agents a page shows, by internal repository id. */
export interface GitAgentPage {
  readonly agentRepositoryId?: string;
  readonly tag?: string;
  readonly isActive?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

/** One page of agents, in the order in which they were first found. */
export async function pageOfGitAgents(db: Db, page: GitAgentPage) {
  return db.repository(GitAgent).paginate({
    where: {
      ...(page.agentRepositoryId === undefined ? {} : { agentRepositoryId: page.agentRepositoryId }),
      ...(page.isActive === undefined ? {} : { isActive: page.isActive }),
      ...(page.tag === undefined ? {} : { tags: { contains: [page.tag] } }),
    },
    order: { uid: 'asc' },
    limit: page.limit ?? 50,
    cursor: page.cursor,
  });
}

/** The agent with this public id, or null. */
export async function findGitAgent(db: Db, uid: string): Promise<GitAgent | null> {
  return db.repository(GitAgent).findOne({ uid });
}

const SOURCE = ['id', 'uid', 'name', 'description', 'frontmatter', 'body', 'isActive'] as const;

/** What an agent is made from. */
export type GitAgentSource = Pick<GitAgent, (typeof SOURCE)[number]>;

/** The same agent with its text, which pages and single reads leave out, or undefined. */
export async function findGitAgentSource(db: Db, uid: string): Promise<GitAgentSource | undefined> {
  const [row] = await db.repository(GitAgent).find({ where: { uid }, select: SOURCE });
  return row;
}

const ROWS_PER_STATEMENT = 200;

/** What a sync needs to know of an agent it wrote before. */
export interface KnownAgent extends Pick<GitAgent, 'id' | 'name' | 'filePath' | 'contentHash' | 'isActive' | 'lastModifiedCommitHash'> {
  /** False: written before texts were kept. */
  readonly hasBody: boolean;
}

/** All agents of a repository, vanished ones too. */
export async function knownAgents(db: Db, agentRepositoryId: string): Promise<KnownAgent[]> {
  return db.query<KnownAgent>(
    `select id, name, file_path as "filePath", content_hash as "contentHash", is_active as "isActive",
            last_modified_commit_hash as "lastModifiedCommitHash", body is not null as "hasBody"
       from app.git_agent where org_id = :orgId and agent_repository_id = :agentRepositoryId`,
    { agentRepositoryId },
  );
}

/** Writes agents by their path, new ones and known ones, in statements of 200 rows. */
export async function upsertGitAgents(tx: Tx, rows: readonly InsertValues<GitAgent>[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await tx.repository(GitAgent).upsert(rows.slice(start, start + ROWS_PER_STATEMENT), {
      conflict: ['agentRepositoryId', 'filePath'],
      update: ['name', 'description', 'contentHash', 'frontmatter', 'body', 'tags', 'isActive', 'lastModifiedCommitHash'],
    });
  }
}

/** Marks agents as no longer there. */
export async function deactivateGitAgents(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.repository(GitAgent).update({ id: [...ids] }, { isActive: false });
}
