import { RunsConfig, TenantConnection, type Task, type Tx } from '#database';
import { Injectable } from '@nestjs/common';
import { AgentNotFoundError, RunsLimitError } from '../errors.js';
import { findRun } from '../persistence/runs.js';
import { lockTask, mayWork, updateTask } from '../persistence/tasks.js';
import { RunsService } from '../runs.service.js';
import type { RunFailureCode } from '../runs.types.js';
import { enqueueStart, jobPriority } from './enqueue-start.js';
import { nextTime } from './schedule.js';
import { promptOf } from './task-input.js';

/** How a start came out; CHANGED: the task is gone, cancelled, begun already or has another time. */
export type TaskStart = 'STARTED' | 'POSTPONED' | 'FAILED' | 'CHANGED';

/** What became of a task whose run has ended; CHANGED: it does not wait for this run. */
export type TaskSettlement = 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'AGAIN' | 'REPEATS' | 'CHANGED';

/** How long a task waits where as many runs are under way as may be. */
const NO_ROOM_MS = 5_000;
/** How long a task of a suspended organization waits before it is looked at again. */
const SUSPENDED_MS = 300_000;
/** A call of the run may have been paid for: only a person says that it is made again. */
const NEVER_REPEATED: RunFailureCode = 'CALL_OUTCOME_UNKNOWN';
const LONGEST_BACKOFF_MS = 3_600_000;

/** Begins tasks and takes note of how their runs ended. Each of it is one transaction, and done twice it does nothing more. */
@Injectable()
export class TaskRunner {
  constructor(
    private readonly runs: RunsService,
    private readonly config: RunsConfig,
  ) {}

  /** Begins the task, if this is still its time: the run, its job and the task's state are written together. */
  async start(db: TenantConnection, taskId: string, scheduledAt: string): Promise<TaskStart> {
    try {
      return await db.transaction((tx) => this.#start(tx, taskId, scheduledAt));
    } catch (error) {
      if (!(error instanceof RunsLimitError)) throw error;
      return await db.transaction((tx) => postpone(tx, taskId, scheduledAt, NO_ROOM_MS));
    }
  }

  /** Takes note of the end of the run that carries the task out: the task ends, is tried again, or waits for its next time. */
  async settle(db: TenantConnection, taskId: string, runId: string): Promise<TaskSettlement> {
    return db.transaction(async (tx) => {
      const task = await lockTask(tx, taskId);
      if (task?.status !== 'RUNNING' || task.runId !== runId) return 'CHANGED';
      const run = await findRun(tx, runId);
      switch (run?.status) {
        case 'COMPLETED':
          return await ended(tx, task, { status: 'COMPLETED', output: run.output, errorMessage: null });
        case 'FAILED':
          return await this.#failed(tx, task, `${run.errorCode ?? 'FAILED'}: ${run.errorMessage ?? 'The run failed.'}`, run.errorCode);
        case 'CANCELLED':
          return await ended(tx, task, { status: 'CANCELLED', errorMessage: 'The run was cancelled.' });
        default:
          return 'CHANGED';
      }
    });
  }

  async #start(tx: Tx, taskId: string, scheduledAt: string): Promise<TaskStart> {
    const task = await lockDue(tx, taskId, scheduledAt);
    if (task === null) return 'CHANGED';
    if (!(await mayWork(tx))) return postpone(tx, taskId, scheduledAt, SUSPENDED_MS);
    const attempts = task.attempts + 1;
    try {
      const input = { agent: { id: task.agentId }, prompt: promptOf(task.input) };
      const { id } = await this.runs.startWithin(tx, input, { taskId, priority: jobPriority(task.priority) });
      await updateTask(tx, taskId, { status: 'RUNNING', runId: id, attempts, startedAt: new Date(), completedAt: null });
      return 'STARTED';
    } catch (error) {
      // The database said nothing of the kind: the transaction goes on.
      if (!(error instanceof AgentNotFoundError)) throw error;
      await this.#failed(tx, { ...task, attempts }, error.message);
      return 'FAILED';
    }
  }

  async #failed(tx: Tx, task: Task, errorMessage: string, errorCode: string | null = null): Promise<TaskSettlement> {
    if (task.attempts >= task.maxAttempts || errorCode === NEVER_REPEATED) return ended(tx, task, { status: 'FAILED', errorMessage });
    const waitMs = Math.min(LONGEST_BACKOFF_MS, this.config.taskRetrySeconds * 1_000 * 2 ** (task.attempts - 1));
    const scheduledAt = new Date(Date.now() + waitMs);
    await updateTask(tx, task.id, { status: 'QUEUED', attempts: task.attempts, scheduledAt, errorMessage });
    await enqueueStart(tx, { id: task.id, scheduledAt, priority: task.priority });
    return 'AGAIN';
  }
}

/** How a task ended this time. */
interface TaskEnd {
  readonly status: 'COMPLETED' | 'FAILED' | 'CANCELLED';
  readonly output?: Record<string, unknown> | null;
  readonly errorMessage: string | null;
}

/** Ends the task, or lets it wait for its next time: the first that is still to come, however many were missed. */
async function ended(tx: Tx, task: Task, { status, ...end }: TaskEnd): Promise<TaskSettlement> {
  const next = nextOf(task);
  const completedAt = new Date();
  if (next === null) {
    await updateTask(tx, task.id, { ...end, status, attempts: task.attempts, completedAt });
    return status;
  }
  await updateTask(tx, task.id, { ...end, status: 'PENDING', attempts: 0, scheduledAt: next, completedAt });
  await enqueueStart(tx, { id: task.id, scheduledAt: next, priority: task.priority });
  return 'REPEATS';
}

/** Never before the time that it was begun for, whatever the clock of this process says. */
function nextOf({ cron, timeZone, scheduledAt }: Task): Date | null {
  if (cron === null || timeZone === null) return null;
  return nextTime(cron, timeZone, new Date(Math.max(Date.now(), scheduledAt?.getTime() ?? 0)));
}

async function lockDue(tx: Tx, taskId: string, scheduledAt: string): Promise<Task | null> {
  const task = await lockTask(tx, taskId);
  const isDue = task !== null && ['PENDING', 'QUEUED'].includes(task.status) && task.scheduledAt?.getTime() === Date.parse(scheduledAt);
  return isDue ? task : null;
}

/** Looks again a little later whether its run may be made. */
async function postpone(tx: Tx, taskId: string, scheduledAt: string, waitMs: number): Promise<TaskStart> {
  const task = await lockDue(tx, taskId, scheduledAt);
  if (task === null || task.scheduledAt === null) return 'CHANGED';
  await updateTask(tx, taskId, { status: 'QUEUED' });
  await enqueueStart(tx, { id: taskId, scheduledAt: task.scheduledAt, priority: task.priority }, new Date(Date.now() + waitMs));
  return 'POSTPONED';
}
