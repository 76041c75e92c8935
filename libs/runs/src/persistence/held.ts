import type { Db } from '#database';
import type { HeldRun } from './take-over.js';

const HELD = `select id from app.run where org_id = :orgId and id = :runId::uuid and fence = :fence::bigint and status = 'RUNNING'`;

/** Whether the run still runs and is still this worker's. */
export async function isHeld(db: Db, run: HeldRun): Promise<boolean> {
  return (await db.query(HELD, { runId: run.id, fence: run.fence })).length === 1;
}
