import { AgentRepository, type Db, type SyncError, type SyncStatus, type Tx } from '#database';
import type { PageRequest } from './page-request.js';

/** The columns that a new repository row is made from. */
export type AgentRepositoryValues = Pick<AgentRepository, 'name' | 'gitUrl' | 'branch' | 'isRoot' | 'agentDirectory' | 'createdBy'>;

/** Inserts a repository of the current organization; a taken name is SQLSTATE 23505. */
export async function insertAgentRepository(db: Db, values: AgentRepositoryValues): Promise<AgentRepository> {
  return db.repository(AgentRepository).insert(values);
}

/** The repository with this public id, or null. */
export async function findAgentRepository(db: Db, uid: string): Promise<AgentRepository | null> {
  return db.repository(AgentRepository).findOne({ uid });
}

/** One page of repositories, oldest first: by the time in the public id, since a cursor tells what it is ordered by. */
export async function pageOfAgentRepositories(db: Db, page: PageRequest) {
  return db.repository(AgentRepository).paginate({ order: { uid: 'asc' }, limit: page.limit ?? 50, cursor: page.cursor });
}

/** Public ids of repositories by their internal ones. */
export async function uidsOfAgentRepositories(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db.repository(AgentRepository).find({ where: { id: wanted } });
  return new Map(rows.map((row) => [row.id, row.uid]));
}

/** Deletes the repository with its agents, after agents made from those have let go of them. Answers whether it existed. */
export async function deleteAgentRepository(tx: Tx, uid: string): Promise<boolean> {
  await tx.execute(
    `update app.agent set git_agent_id = null
      where org_id = :orgId and git_agent_id in (
        select g.id from app.git_agent g
          join app.agent_repository r on r.org_id = g.org_id and r.id = g.agent_repository_id
         where g.org_id = :orgId and r.org_id = :orgId and r.uid = :uid)`,
    { uid },
  );
  return (await tx.repository(AgentRepository).delete({ uid })) > 0;
}

/** How a sync ended, as it is written on the repository. */
export interface SyncRecord {
  readonly status: SyncStatus;
  readonly errors: readonly SyncError[];
  /** Left out where the agents in the table are those of the commit before. */
  readonly commit?: string;
}

/** Writes how a sync ended. */
export async function recordSync(tx: Tx, uid: string, record: SyncRecord): Promise<void> {
  await tx.repository(AgentRepository).update(
    { uid },
    {
      lastSyncStatus: record.status,
      lastSyncAt: new Date(),
      lastSyncErrors: [...record.errors],
      ...(record.commit === undefined ? {} : { lastSyncCommitHash: record.commit }),
    },
  );
}

/** Writes that a sync found nothing new: the errors of the files stay as they are. */
export async function recordUnchanged(tx: Tx, uid: string): Promise<void> {
  await tx.repository(AgentRepository).update({ uid }, { lastSyncStatus: 'success', lastSyncAt: new Date() });
}

/** Says that a sync has begun, and leaves everything else as the last one recorded it. */
export async function recordSyncStarted(tx: Tx, uid: string): Promise<void> {
  await tx.repository(AgentRepository).update({ uid }, { lastSyncStatus: 'in_progress' });
}

/** What a sync reads a repository by. */
export type RepositorySource = Pick<AgentRepository, 'gitUrl' | 'branch' | 'isRoot' | 'agentDirectory'>;

/** What is locked of a repository: where its agents come from, and the commit whose agents are in the table. */
export interface LockedRepository extends RepositorySource {
  readonly commit: string | null;
}

/** Locks the repository's row until `tx` ends. @returns its source and commit, or undefined if the repository is gone. */
export async function lockAgentRepository(tx: Tx, uid: string): Promise<LockedRepository | undefined> {
  const [row] = await tx.query<LockedRepository>(
    `select last_sync_commit_hash as commit, git_url as "gitUrl", branch, is_root as "isRoot", agent_directory as "agentDirectory"
       from app.agent_repository where org_id = :orgId and uid = :uid for no key update`,
    { uid },
  );
  return row;
}

/** Sets what is given; a taken name is SQLSTATE 23505. @returns the row as it is now, or undefined if the repository is gone */
export async function updateAgentRepository(
  tx: Tx,
  uid: string,
  set: Partial<AgentRepositoryValues> & { lastSyncCommitHash?: null },
): Promise<AgentRepository | undefined> {
  const [row] = await tx.repository(AgentRepository).updateReturning({ uid }, set);
  return row;
}
