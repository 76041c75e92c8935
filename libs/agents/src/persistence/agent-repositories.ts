import { AgentRepository, type Db, type SyncError, type SyncStatus, type Tx } from '#database';
import type { PageRequest } from '../repositories/agent-repositories.service.js';

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

/** One page of repositories, oldest first. */
export async function pageOfAgentRepositories(db: Db, page: PageRequest) {
  return db.repository(AgentRepository).paginate({ order: { id: 'ASC' }, limit: page.limit ?? 50, cursor: page.cursor });
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

/** Writes how a sync stands; `commit` is left out where the agents in the table did not change their commit. */
export async function recordSync(
  db: Db,
  uid: string,
  record: { status: SyncStatus; at: Date; errors: readonly SyncError[]; commit?: string },
): Promise<void> {
  await db.repository(AgentRepository).update(
    { uid },
    {
      lastSyncStatus: record.status,
      lastSyncAt: record.at,
      lastSyncErrors: [...record.errors],
      ...(record.commit === undefined ? {} : { lastSyncCommitHash: record.commit }),
    },
  );
}

/** Says that a sync has begun, and leaves everything else as the last one recorded it. */
export async function recordSyncStarted(db: Db, uid: string): Promise<void> {
  await db.repository(AgentRepository).update({ uid }, { lastSyncStatus: 'in_progress' });
}
