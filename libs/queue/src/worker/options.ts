import { InvalidQueueOptionError } from '../errors.js';

/** How one worker takes and runs jobs. `QueueConfig` has the same properties, from the environment. */
export interface QueueOptions {
  /** Jobs that run at the same time. Default 10. */
  readonly concurrency: number;
  /** The most jobs that one claim takes. Default 250. */
  readonly claimBatch: number;
  /** After this long without a heartbeat a job is given to another worker, in milliseconds. Default 15,000. */
  readonly leaseMs: number;
  /** How often the leases of all held jobs are renewed, in milliseconds; at most half the lease. Default 5,000. */
  readonly heartbeatMs: number;
  /** How often to look for jobs that no notification announced, in milliseconds. Default 1,000. */
  readonly pollIntervalMs: number;
  /** How long a stopping worker lets its jobs finish, in milliseconds, before it aborts them. Default 20,000. */
  readonly drainTimeoutMs: number;
  /** The part of the worker that one organization may hold, in percent; the rest stays free for others. Default 75. */
  readonly organizationSharePercent: number;
  /** How long a run may go on after its signal was aborted, in milliseconds, before the worker stops waiting for it. Default 5,000. */
  readonly abortGraceMs: number;
}

export const DEFAULT_QUEUE_OPTIONS: QueueOptions = {
  concurrency: 10,
  claimBatch: 250,
  leaseMs: 15_000,
  heartbeatMs: 5_000,
  pollIntervalMs: 1_000,
  drainTimeoutMs: 20_000,
  organizationSharePercent: 75,
  abortGraceMs: 5_000,
};

const LOWEST: QueueOptions = {
  concurrency: 1,
  claimBatch: 1,
  leaseMs: 500,
  heartbeatMs: 50,
  pollIntervalMs: 10,
  drainTimeoutMs: 0,
  organizationSharePercent: 1,
  abortGraceMs: 0,
};

/** Fills in the defaults. A shorter lease without a heartbeat of its own gets a third of it. @throws InvalidQueueOptionError */
export function queueOptions(given: Partial<QueueOptions>): QueueOptions {
  const leaseMs = given.leaseMs ?? DEFAULT_QUEUE_OPTIONS.leaseMs;
  const heartbeatMs = given.heartbeatMs ?? Math.min(DEFAULT_QUEUE_OPTIONS.heartbeatMs, Math.floor(leaseMs / 3));
  const options: QueueOptions = { ...DEFAULT_QUEUE_OPTIONS, ...given, leaseMs, heartbeatMs };
  for (const [name, lowest] of Object.entries(LOWEST) as [keyof QueueOptions, number][]) {
    if (!Number.isInteger(options[name]) || options[name] < lowest) throw new InvalidQueueOptionError(name, options[name], `a whole number from ${lowest} up`);
  }
  if (options.organizationSharePercent > 100) throw new InvalidQueueOptionError('organizationSharePercent', options.organizationSharePercent, 'at most 100');
  if (options.heartbeatMs * 2 > options.leaseMs)
    throw new InvalidQueueOptionError('heartbeatMs', options.heartbeatMs, `at most half of leaseMs (${options.leaseMs})`);
  return options;
}
