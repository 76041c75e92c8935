import { down, up, type Finding, type HealthCheck, type HealthQuery } from '../finding.js';

/** How far the queue is behind. */
export interface QueueLag {
  /** How long the oldest job that could run has waited, in seconds; 0 where none waits. */
  readonly oldestDueSeconds: number;
  /** Jobs that could run now. */
  readonly due: number;
  /** Jobs that have given up and wait for an operator. */
  readonly dead: number;
}

/**
 * Reads how far the queue is behind. libs/queue implements it, since this library knows no queue. It gets health's own connection (as
 * the login of DATABASE_URL), so that the API can tell as well as the worker.
 */
export interface QueueProbe {
  /** @throws anything, which then reads "could not look" */
  readLag(query: HealthQuery): Promise<QueueLag>;
}

/** "down" when a job has waited for longer than `maxLagSeconds`. Traffic need not stay away for that. */
export function queueCheck(probe: QueueProbe, maxLagSeconds: number): HealthCheck {
  return {
    name: 'queue',
    gatesReadiness: false,
    async look(query: HealthQuery): Promise<Finding> {
      const lag = await probe.readLag(query);
      const facts = { lagSeconds: lag.oldestDueSeconds, due: lag.due, dead: lag.dead };
      if (lag.oldestDueSeconds <= maxLagSeconds) return up(facts);
      return down(
        `the oldest due job has waited ${Math.round(lag.oldestDueSeconds)} s, more than QUEUE_MAX_LAG_SECONDS (${maxLagSeconds}). Are workers running?`,
        facts,
      );
    },
  };
}
