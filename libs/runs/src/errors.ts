import { PlinthError } from '#database';

/** No run of the current organization has this id; an id of another organization answers the same. */
export class RunNotFoundError extends PlinthError {
  readonly code = 'RUN_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(id: string) {
    super('There is no run with this id. List the runs to see which ones there are.', { fields: { id } });
  }
}

/** No active agent of the current organization has this name or id. */
export class AgentNotFoundError extends PlinthError {
  readonly code = 'AGENT_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(which: { readonly id?: string; readonly name?: string }) {
    const called = which.name === undefined ? 'with this id' : `named "${which.name}"`;
    super(`There is no active agent ${called}. List the agents to see which ones there are.`, { fields: { ...which } });
  }
}

/** The organization runs as many agents as it may at once. */
export class RunsLimitError extends PlinthError {
  readonly code = 'RUNS_LIMIT';
  readonly family = 'caller';
  override readonly httpStatus = 429;
  constructor(most: number) {
    super(`${most} runs of this organization are queued or running, which is as many as may be. Try again when one of them has ended, or cancel one.`, {
      fields: { most, retryAfterSeconds: 5 },
    });
  }
}

/** A run asks for more than a run may have. */
export class RunLimitRefusedError extends PlinthError {
  readonly code = 'RUN_LIMIT_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(limit: string, most: number) {
    super(`The limit "${limit}" is a whole number from 1 to ${most} here.`, { fields: { field: `limits.${limit}`, most } });
  }
}

/** The run has ended: there is nothing left to cancel. */
export class RunEndedError extends PlinthError {
  readonly code = 'RUN_ENDED';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(id: string, status: string) {
    super(`This run has ended already: it is ${status}.`, { fields: { id, status } });
  }
}

/** The organization follows as many runs as it may at once. */
export class FollowersLimitError extends PlinthError {
  readonly code = 'FOLLOWERS_LIMIT';
  readonly family = 'caller';
  override readonly httpStatus = 429;
  constructor(most: number) {
    super(`${most} streams of this organization follow runs, which is as many as may be. Try again when one of them has ended, or close one.`, {
      fields: { most, retryAfterSeconds: 5 },
    });
  }
}

/** No question of the current organization has this id; an id of another organization answers the same. */
export class InputRequestNotFoundError extends PlinthError {
  readonly code = 'INPUT_REQUEST_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(id: string) {
    super('There is no question with this id. List the open questions to see which ones there are.', { fields: { id } });
  }
}

/** The question has been answered, or its run has ended, and nobody waits for the answer any more. */
export class InputRequestClosedError extends PlinthError {
  readonly code = 'INPUT_REQUEST_CLOSED';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(id: string) {
    super('This question is closed: it has been answered, or its run has ended. Look at the run.', { fields: { id } });
  }
}

/** One thing that is wrong with an answer. */
export interface AnswerProblem {
  /** Where, as a path into the answer: `response.address.city`. */
  readonly field: string;
  /** A phrase that completes "it …". */
  readonly message: string;
}

/** The answer is not what the question's JSON Schema asks for. */
export class InputInvalidError extends PlinthError {
  readonly code = 'INPUT_INVALID';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(readonly errors: readonly AnswerProblem[]) {
    super(`The answer is not what was asked for: ${errors.map(({ field, message }) => `${field} ${message}`).join('; ')}.`, { fields: { errors } });
  }
}
