import type { Tx } from '#database';
import { enqueue, type JobPriority } from '#queue';
import { taskStart } from './task-start.job-definition.js';

/** A task that is to begin at a time. */
export interface DueTask {
  readonly id: string;
  readonly scheduledAt: Date;
  /** -1 low, 0 normal, 1 high. */
  readonly priority: number;
}

/** Makes the task begin at its time, in the transaction that gives it that time. `runAt`: later than that, for want of room. */
export async function enqueueStart(tx: Tx, { id, scheduledAt, priority }: DueTask, runAt: Date = scheduledAt): Promise<void> {
  const at = scheduledAt.toISOString();
  // The job that waits keeps its line: with another priority it is another job, and whichever is first begins the task.
  await enqueue(tx, taskStart, { taskId: id, scheduledAt: at }, { runAt, priority: jobPriority(priority), dedupeKey: `${id} ${at} ${priority}` });
}

/** The line of the queue in which the jobs of a task of this priority stand. */
export function jobPriority(priority: number): JobPriority {
  if (priority > 0) return 'high';
  return priority < 0 ? 'low' : 'normal';
}
