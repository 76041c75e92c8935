import type { Tx } from '#database';
import { enqueueMany } from '#queue';
import { taskSettle } from '../tasks/task-settle.job-definition.js';

const CANCEL_RUN = `
update app.run set status = 'CANCELLED', completed_at = clock_timestamp()
where org_id = :orgId and id = :runId::uuid and status = any (array['QUEUED', 'RUNNING', 'WAITING_INPUT']::text[]) returning id, task_id`;
const CANCEL_CALLED = `
update app.run set status = 'CANCELLED', completed_at = clock_timestamp()
where org_id = :orgId and parent_run_id = any (:runIds::uuid[]) and status = any (array['QUEUED', 'RUNNING', 'WAITING_INPUT']::text[]) returning id, task_id`;

interface CancelledRow {
  id: string;
  task_id: string | null;
}

/** After the runs are locked, in a statement of its own: it sees the step that was begun last. */
const CANCEL_STEPS = `
with stopped as (
  update app.step set status = 'CANCELLED', completed_at = clock_timestamp()
  where org_id = :orgId and run_id = any (:runIds::uuid[]) and status = any (array['PENDING', 'RUNNING']::text[])
  returning run_id, id, sequence_number, type
), counted as (
  update app.run r set event_count = r.event_count + 1 + (select count(*) from stopped s where s.run_id = r.id)::int
  where r.org_id = :orgId and r.id = any (:runIds::uuid[]) returning r.id, r.event_count
)
insert into app.run_event (org_id, run_id, number, type, data)
select :orgId, c.id, c.event_count - row_number() over (partition by s.run_id order by s.sequence_number desc), 'STEP_ENDED',
  jsonb_build_object('stepId', s.id, 'sequenceNumber', s.sequence_number, 'type', s.type, 'status', 'CANCELLED', 'inputTokens', 0, 'outputTokens', 0, 'costMicros', 0)
from counted c join stopped s on s.run_id = c.id
union all
select :orgId, c.id, c.event_count, 'RUN_STATUS', '{"status": "CANCELLED"}'::jsonb from counted c`;

/**
 * Cancels a run, the runs that it called, theirs, and the steps they are in. Each level is locked before the next is looked for, so
 * that none is called meanwhile. The task that made a run is told.
 * @returns false where the run had ended
 */
export async function cancelRuns(tx: Tx, runId: string): Promise<boolean> {
  let level = await tx.query<CancelledRow>(CANCEL_RUN, { runId });
  const runIds: string[] = [];
  const settles: { payload: { taskId: string; runId: string } }[] = [];
  while (level.length > 0) {
    const ids = level.map(({ id }) => id);
    runIds.push(...ids);
    settles.push(...level.flatMap(({ id, task_id: taskId }) => (taskId === null ? [] : [{ payload: { taskId, runId: id } }])));
    level = await tx.query<CancelledRow>(CANCEL_CALLED, { runIds: ids });
  }
  if (runIds.length === 0) return false;
  await tx.execute(CANCEL_STEPS, { runIds });
  if (settles.length > 0) await enqueueMany(tx, taskSettle, settles);
  return true;
}
