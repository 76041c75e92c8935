import { Task, type Db, type InsertValues, type Page, type TaskStatus, type Tx, type UpdateValues } from '#database';

/** Which tasks a page shows. */
export interface TasksPage {
  readonly status?: TaskStatus;
  readonly agentId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** Inserts a task of the current organization. */
export async function insertTask(tx: Tx, values: InsertValues<Task>): Promise<Task> {
  return tx.repository(Task).insert(values);
}

/** The task with this id, or null. */
export async function findTask(db: Db, id: string): Promise<Task | null> {
  return db.repository(Task).findById(id);
}

/** One page of tasks, the newest first, by the time in the id. */
export async function pageOfTasks(db: Db, { status, agentId, limit, cursor }: TasksPage): Promise<Page<Task>> {
  return db.repository(Task).paginate({
    where: { ...(status === undefined ? {} : { status }), ...(agentId === undefined ? {} : { agentId }) },
    order: { id: 'desc' },
    limit: limit ?? 50,
    cursor,
  });
}

/** The task with this id, or null; its row is locked until `tx` ends. */
export async function lockTask(tx: Tx, id: string): Promise<Task | null> {
  const locked = await tx.query('select id from app.task where org_id = :orgId and id = :id::uuid for no key update', { id });
  // In a statement of its own: one that waited for the lock would show what was there before.
  return locked.length === 0 ? null : findTask(tx, id);
}

/** Sets values on a task that is locked. @returns the task as it is then */
export async function updateTask(tx: Tx, id: string, values: UpdateValues<Task>): Promise<Task> {
  await tx.repository(Task).update({ id }, values);
  return tx.repository(Task).get(id);
}

/** Deletes a task that is locked. Its runs stay, and belong to no task any more. */
export async function deleteTask(tx: Tx, id: string): Promise<void> {
  await tx.execute('update app.run set task_id = null where org_id = :orgId and task_id = :id::uuid', { id });
  await tx.repository(Task).delete({ id });
}

/** Whether the organization may work: it is neither suspended nor being erased. */
export async function mayWork(db: Db): Promise<boolean> {
  return (await db.query(`select id from app.organization where id = :orgId and status = 'ACTIVE'`)).length === 1;
}

/** Whether this is an agent of the organization that may be run. Its row cannot go until `tx` ends. */
export async function isActiveAgent(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query('select id from app.agent where org_id = :orgId and id = :id::uuid and is_active for key share', { id });
  return rows.length === 1;
}
