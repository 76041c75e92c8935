import { defineJob, uuid } from '#queue';

/** Tells a task that the run it made has ended. Enqueued in the transaction that ends the run. */
export const taskSettle = defineJob({
  kind: 'task.settle',
  payload: { taskId: uuid, runId: uuid },
  dedupe: ({ runId }) => runId,
  maxAttempts: 100,
  backoff: { baseMs: 200, maxMs: 60_000 },
});
