import { PlinthError } from '#database';

/** No task of the current organization has this id; an id of another organization answers the same. */
export class TaskNotFoundError extends PlinthError {
  readonly code = 'TASK_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(id: string) {
    super('There is no task with this id. List the tasks to see which ones there are.', { fields: { id } });
  }
}

/** What a task is made of cannot be used. */
export class TaskRefusedError extends PlinthError {
  readonly code = 'TASK_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(field: string, reason: string) {
    super(`The task is refused: ${reason}`, { fields: { field } });
  }
}

/** The task has begun or ended: it can no longer be changed. */
export class TaskNotPendingError extends PlinthError {
  readonly code = 'TASK_NOT_PENDING';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(id: string, status: string) {
    super(`Only a task that waits for its time can be changed, and this one is ${status}. Cancel it and make another.`, { fields: { id, status } });
  }
}

/** The task has ended: there is nothing left to cancel. */
export class TaskEndedError extends PlinthError {
  readonly code = 'TASK_ENDED';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(id: string, status: string) {
    super(`This task has ended already: it is ${status}.`, { fields: { id, status } });
  }
}

/** The task is being carried out: whoever waits for its run would never hear of it. */
export class TaskRunningError extends PlinthError {
  readonly code = 'TASK_RUNNING';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(id: string) {
    super('A run is carrying this task out. Cancel the task first, then delete it.', { fields: { id } });
  }
}
