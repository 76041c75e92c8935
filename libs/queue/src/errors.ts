import { PlinthError } from '#database';
import type { JobSchedule } from './catalogue/define-job.js';

export class InvalidJobDefinitionError extends PlinthError {
  readonly code = 'INVALID_JOB_DEFINITION';
  readonly family = 'bug';
  constructor(kind: string, property: string, allowed: string) {
    super(`The job "${kind}" has an impossible "${property}". Give it ${allowed}.`, { fields: { kind, property } });
  }
}

export class DuplicateJobKindError extends PlinthError {
  readonly code = 'DUPLICATE_JOB_KIND';
  readonly family = 'bug';
  constructor(kind: string) {
    super(`The catalogue holds the kind "${kind}" twice. Rename one of the two definitions.`, { fields: { kind } });
  }
}

export class InvalidScheduleError extends PlinthError {
  readonly code = 'INVALID_JOB_SCHEDULE';
  readonly family = 'bug';
  constructor(kind: string, schedule: JobSchedule) {
    super(
      `The schedule "${schedule.cron}" in "${schedule.timeZone}" of the job "${kind}" never comes due or cannot be read. Give a cron expression of five or six fields and an IANA time zone.`,
      { fields: { kind, ...schedule } },
    );
  }
}

export class MissingHandlerError extends PlinthError {
  readonly code = 'MISSING_JOB_HANDLER';
  readonly family = 'bug';
  constructor(kind: string) {
    super(`No handler was given for the job "${kind}". Add its class to the worker's handlers.`, { fields: { kind } });
  }
}

/** The payload given to `enqueue` is not what the job's own `parse` accepts, or is no JSON. */
export class InvalidPayloadError extends PlinthError {
  readonly code = 'INVALID_JOB_PAYLOAD';
  readonly family = 'bug';
  constructor(kind: string, cause: unknown) {
    super(`The payload does not fit the job "${kind}": ${messageOf(cause)} Mend the caller, or the job's parse function.`, { fields: { kind }, cause });
  }
}

export class InvalidEnqueueOptionError extends PlinthError {
  readonly code = 'INVALID_ENQUEUE_OPTION';
  readonly family = 'bug';
  constructor(kind: string, option: string, allowed: string) {
    super(`The option "${option}" does not fit when enqueuing "${kind}". Give ${allowed}.`, { fields: { kind, option } });
  }
}

/** Thrown by a handler that knows another attempt cannot succeed: the job is DEAD at once. */
export class UnrecoverableJobError extends PlinthError {
  readonly code: string = 'UNRECOVERABLE_JOB';
  readonly family = 'operator';
}

/** The run went on after its lease had passed to another worker: nothing it does counts any more. */
export class LeaseLostError extends PlinthError {
  readonly code = 'JOB_LEASE_LOST';
  readonly family = 'operator';
  constructor(jobId: string, fence: number) {
    super(`The lease of job "${jobId}" (fence ${fence}) is no longer held by this run. Stop; another worker runs it, or it was removed.`, {
      fields: { jobId, fence },
    });
  }
}

export class JobTimeoutError extends PlinthError {
  readonly code = 'JOB_TIMEOUT';
  readonly family = 'operator';
  constructor(kind: string, timeoutMs: number) {
    super(`A run of "${kind}" took longer than its ${timeoutMs} ms. Raise timeoutMs of the job, or give it less to do.`, { fields: { kind, timeoutMs } });
  }
}

/** The worker is shutting down; the job goes to another worker at once and this attempt does not count. */
export class WorkerDrainingError extends PlinthError {
  readonly code = 'WORKER_DRAINING';
  readonly family = 'operator';
  constructor() {
    super('The worker is shutting down. Stop here; the job is given to another worker at once.');
  }
}

export class InvalidQueueOptionError extends PlinthError {
  readonly code = 'INVALID_QUEUE_OPTION';
  readonly family = 'operator';
  constructor(option: string, value: unknown, allowed: string) {
    super(`The queue option "${option}" is ${JSON.stringify(value)}. Give ${allowed}.`, { fields: { option, value } });
  }
}

/** What an unknown thrown value says, as a sentence without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
