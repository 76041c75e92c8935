import type { Task, TaskStatus } from '#database';

/** A task as it is shown. */
export interface TaskView {
  readonly id: string;
  readonly agentId: string;
  readonly title: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** PENDING waits for its time, QUEUED for room or its next attempt, RUNNING for its run. */
  readonly status: TaskStatus;
  readonly priority: number;
  /** Of a task that repeats, its next time. */
  readonly scheduledAt: Date | null;
  readonly cron: string | null;
  readonly timeZone: string | null;
  /** How often it was tried, of a task that repeats: this time. */
  readonly attempts: number;
  readonly maxAttempts: number;
  /** The run that carries it out, or did so last. */
  readonly runId: string | null;
  readonly output: Readonly<Record<string, unknown>> | null;
  /** Why the last attempt failed. */
  readonly errorMessage: string | null;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function toTaskView(task: Task): TaskView {
  return {
    id: task.id,
    agentId: task.agentId,
    title: task.title,
    input: task.input,
    status: task.status,
    priority: task.priority,
    scheduledAt: task.scheduledAt,
    cron: task.cron,
    timeZone: task.timeZone,
    attempts: task.attempts,
    maxAttempts: task.maxAttempts,
    runId: task.runId,
    output: task.output,
    errorMessage: task.errorMessage,
    startedAt: task.startedAt,
    completedAt: task.completedAt,
    createdBy: task.createdBy,
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
  };
}
