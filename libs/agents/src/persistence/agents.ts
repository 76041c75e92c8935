import { Agent, GitAgent, type Db, type Tx } from '#database';

/** The columns that an agent's row is made from. */
export type AgentValues = Pick<Agent, 'name' | 'description' | 'model' | 'systemPrompt' | 'parameters' | 'tools' | 'gitAgentId' | 'isActive' | 'createdBy'>;

/** The columns that a change may set. */
export type AgentChanges = Partial<Omit<AgentValues, 'gitAgentId' | 'createdBy'>>;

/** Inserts an agent of the current organization; a taken name is SQLSTATE 23505. */
export async function insertAgent(tx: Tx, values: AgentValues): Promise<Agent> {
  return tx.repository(Agent).insert(values);
}

/** The agent with this id, or null. */
export async function findAgent(db: Db, id: string): Promise<Agent | null> {
  return db.repository(Agent).findById(id);
}

/** Which agents a list shows; every condition given must hold. */
export interface AgentPage {
  /** Matches without regard to capital letters. */
  readonly namePrefix?: string;
  readonly isActive?: boolean;
  /** Internal id of a git agent. */
  readonly gitAgentId?: string;
  readonly limit: number;
  /** The id of the last agent of the page before. */
  readonly after?: string;
}

/** The agents of one page and, where there are more, one beyond it; oldest first, by the time in the id. */
export async function agentsOfPage(db: Db, { namePrefix, isActive, gitAgentId, limit, after }: AgentPage): Promise<Agent[]> {
  const rows = await db.query<{ id: string }>(
    `select id from app.agent
      where org_id = :orgId
        and (:after::uuid is null or id > :after::uuid)
        and (:namePrefix::text is null or starts_with(lower(name), lower(:namePrefix::text)))
        and (:isActive::boolean is null or is_active = :isActive::boolean)
        and (:gitAgentId::bigint is null or git_agent_id = :gitAgentId::bigint)
      order by id limit :limit`,
    { after: after ?? null, namePrefix: namePrefix ?? null, isActive: isActive ?? null, gitAgentId: gitAgentId ?? null, limit: limit + 1 },
  );
  if (rows.length === 0) return [];
  return db.repository(Agent).find({ where: { id: rows.map(({ id }) => id) }, order: { id: 'asc' } });
}

/** Sets values on the agent while it has this version. @returns the agent as it is then, or undefined where the version is another */
export async function updateAgent(tx: Tx, id: string, version: number, changes: AgentChanges): Promise<Agent | undefined> {
  const [row] = await tx.repository(Agent).updateReturning({ id, version }, changes);
  return row;
}

/** Locks an agent's row until `tx` ends, so that no task is added to it. @returns its name, or undefined where there is no such agent */
export async function lockAgent(tx: Tx, id: string): Promise<{ name: string } | undefined> {
  const [row] = await tx.query<{ name: string }>('select name from app.agent where org_id = :orgId and id = :id for update', { id });
  return row;
}

/** How many tasks were given to the agent, in whatever state. */
export async function countTasksOfAgent(db: Db, id: string): Promise<number> {
  const [row] = await db.query<{ count: number }>('select count(*)::int as count from app.task where org_id = :orgId and agent_id = :id', { id });
  return row?.count ?? 0;
}

/** Deletes an agent, and its tasks with it. The runs that those made stay. */
export async function deleteAgent(tx: Tx, id: string): Promise<void> {
  const tasks = await tx.query<{ id: string }>('select id from app.task where org_id = :orgId and agent_id = :id for update', { id });
  const taskIds = tasks.map((task) => task.id);
  await tx.execute('update app.run set task_id = null where org_id = :orgId and task_id = any(:taskIds::uuid[])', { taskIds });
  await tx.repository(Agent).delete({ id });
}

/** Public ids of git agents by their internal ones. */
export async function uidsOfGitAgents(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db.repository(GitAgent).find({ where: { id: wanted }, select: ['id', 'uid'] });
  return new Map(rows.map((row) => [row.id, row.uid]));
}
