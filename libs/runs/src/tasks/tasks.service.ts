import { currentContext, isUuid, TenantConnection, writeAudit, type Task, type TaskStatus, type Tx } from '#database';
import { Injectable } from '@nestjs/common';
import { AgentNotFoundError } from '../errors.js';
import { cancelRuns } from '../persistence/cancel.js';
import { pageOfRuns } from '../persistence/runs.js';
import { deleteTask, findTask, insertTask, isActiveAgent, lockTask, pageOfTasks, updateTask } from '../persistence/tasks.js';
import { storableJson, storableText } from '../storable.js';
import { toRunView, type PageOf, type PageRequest, type RunView } from '../views.js';
import { enqueueStart } from './enqueue-start.js';
import { TaskEndedError, TaskNotFoundError, TaskNotPendingError, TaskRunningError } from './errors.js';
import { changedSchedule, newSchedule } from './schedule.js';
import { checkTask, type NewTask, type TaskChanges, type TaskInput } from './task-input.js';
import { toTaskView, type TaskView } from './views.js';

const ENDED: readonly TaskStatus[] = ['COMPLETED', 'FAILED', 'CANCELLED'];

/** Which tasks a page shows. */
export interface TaskFilter extends PageRequest {
  readonly status?: TaskStatus;
  readonly agentId?: string;
}

/** The work that the current organization gives to its agents, now, at a time, or again and again. */
@Injectable()
export class TasksService {
  constructor(private readonly db: TenantConnection) {}

  /** Makes a task; it begins at its time. @throws TaskRefusedError, AgentNotFoundError */
  async create({ agentId, title, input, priority = 0, maxAttempts = 1, ...asked }: NewTask): Promise<TaskView> {
    checkTask({ title, input, priority, maxAttempts });
    const schedule = newSchedule(asked, new Date());
    return this.db.transaction(async (tx) => {
      if (!isUuid(agentId) || !(await isActiveAgent(tx, agentId))) throw new AgentNotFoundError({ id: agentId });
      const createdBy = currentContext()?.principal?.userId ?? null;
      const task = await insertTask(tx, { agentId, title: storableText(title), input: storable(input), priority, maxAttempts, ...schedule, createdBy });
      await enqueueStart(tx, { ...schedule, id: task.id, priority });
      await audit(tx, 'task.created', task, { title: task.title, agentId, scheduledAt: schedule.scheduledAt, cron: schedule.cron });
      return toTaskView(task);
    });
  }

  /** One page of the tasks, the newest first. @throws InvalidCursorError */
  async list(filter: TaskFilter = {}): Promise<PageOf<TaskView>> {
    const { items, nextCursor } = await pageOfTasks(this.db, filter);
    return { items: items.map(toTaskView), nextCursor };
  }

  /** @throws TaskNotFoundError */
  async get(id: string): Promise<TaskView> {
    const task = isUuid(id) ? await findTask(this.db, id) : null;
    if (task === null) throw new TaskNotFoundError(id);
    return toTaskView(task);
  }

  /** One page of the runs that the task made, the newest first. @throws TaskNotFoundError */
  async runs(id: string, page: PageRequest = {}): Promise<PageOf<RunView>> {
    await this.get(id);
    const { items, nextCursor } = await pageOfRuns(this.db, { ...page, taskId: id });
    return { items: items.map(toRunView), nextCursor };
  }

  /** Changes a task that waits for its time. @throws TaskNotFoundError, TaskNotPendingError, TaskRefusedError */
  async update(id: string, { title, input, priority, maxAttempts, ...asked }: TaskChanges): Promise<TaskView> {
    checkTask({ title, input, priority, maxAttempts });
    return this.db.transaction(async (tx) => {
      const before = await locked(tx, id);
      if (before.status !== 'PENDING') throw new TaskNotPendingError(id, before.status);
      const now = new Date();
      const schedule = changedSchedule({ ...before, scheduledAt: before.scheduledAt ?? now }, asked, now);
      const changes = {
        ...(title === undefined ? {} : { title: storableText(title) }),
        ...(input === undefined ? {} : { input: storable(input) }),
        ...(priority === undefined ? {} : { priority }),
        ...(maxAttempts === undefined ? {} : { maxAttempts }),
        ...schedule,
      };
      if (Object.keys(changes).length === 0) return toTaskView(before);
      const task = await updateTask(tx, id, changes);
      await enqueueStart(tx, { id, scheduledAt: task.scheduledAt ?? now, priority: task.priority });
      await audit(tx, 'task.updated', task, { fields: Object.keys(changes) });
      return toTaskView(task);
    });
  }

  /** Cancels a task and the run that carries it out; one that repeats does not come again. @throws TaskNotFoundError, TaskEndedError */
  async cancel(id: string): Promise<TaskView> {
    return this.db.transaction(async (tx) => {
      const before = await locked(tx, id);
      if (ENDED.includes(before.status)) throw new TaskEndedError(id, before.status);
      const task = await updateTask(tx, id, { status: 'CANCELLED', completedAt: new Date() });
      if (before.status === 'RUNNING' && before.runId !== null) await cancelRuns(tx, before.runId);
      await audit(tx, 'task.cancelled', task, { title: task.title, runId: before.status === 'RUNNING' ? before.runId : null });
      return toTaskView(task);
    });
  }

  /** Deletes a task that no run carries out. The runs that it made stay. @throws TaskNotFoundError, TaskRunningError */
  async delete(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const task = await locked(tx, id);
      if (task.status === 'RUNNING') throw new TaskRunningError(id);
      await deleteTask(tx, id);
      await audit(tx, 'task.deleted', task, { title: task.title, status: task.status });
    });
  }
}

async function locked(tx: Tx, id: string): Promise<Task> {
  const task = isUuid(id) ? await lockTask(tx, id) : null;
  if (task === null) throw new TaskNotFoundError(id);
  return task;
}

async function audit(tx: Tx, action: string, { id }: Task, changes: Readonly<Record<string, unknown>>): Promise<void> {
  await writeAudit(tx, { action, subjectType: 'task', subjectId: id, changes });
}

function storable(input: TaskInput): Record<string, unknown> {
  return JSON.parse(storableJson(input)) as Record<string, unknown>;
}
