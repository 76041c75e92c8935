import { defineJob, text, uuid } from '#queue';

/**
 * Begins a task at its time, which stands in the job as it stands in the task: where the task says another time by then, the job does
 * nothing. Enqueued in the transaction that gives the task that time.
 */
export const taskStart = defineJob({
  kind: 'task.start',
  payload: { taskId: uuid, scheduledAt: text },
  maxAttempts: 100,
  backoff: { baseMs: 200, maxMs: 60_000 },
});
