import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** How one worker takes and runs jobs. */
@ConfigArea<QueueConfig>('queue', {
  title: 'Queue',
  *check(config) {
    if (config.heartbeatMs * 2 > config.leaseMs) {
      yield {
        variable: 'QUEUE_HEARTBEAT_MS',
        value: String(config.heartbeatMs),
        allowed: `must be at most half of QUEUE_LEASE_MS (${config.leaseMs}), so that one lost heartbeat does not lose the job.`,
      };
    }
  },
})
export class QueueConfig {
  @Env('QUEUE_CONCURRENCY', { description: 'Jobs that one worker runs at the same time.', unit: 'jobs' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly concurrency: number = 10;

  @Env('QUEUE_CLAIM_BATCH', { description: 'The most jobs that one claim takes.', unit: 'jobs' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly claimBatch: number = 250;

  @Env('QUEUE_ORGANIZATION_SHARE_PERCENT', {
    description: 'The part of a worker that one organization may hold; the rest stays free, so that others start at once.',
    unit: '%',
  })
  @IsInt()
  @Min(1)
  @Max(100)
  readonly organizationSharePercent: number = 75;

  @Env('QUEUE_LEASE_MS', {
    description: 'After this long without a heartbeat the job of a dead worker is given to another.',
    unit: 'ms',
  })
  @IsInt()
  @Min(1_000)
  @Max(3_600_000)
  readonly leaseMs: number = 15_000;

  @Env('QUEUE_HEARTBEAT_MS', { description: 'How often a worker renews the leases of its jobs.', unit: 'ms' })
  @IsInt()
  @Min(100)
  @Max(600_000)
  readonly heartbeatMs: number = 5_000;

  @Env('QUEUE_POLL_INTERVAL_MS', {
    description: 'How often a worker looks for jobs that no notification announced: due schedules, retries and expired leases.',
    unit: 'ms',
  })
  @IsInt()
  @Min(50)
  @Max(60_000)
  readonly pollIntervalMs: number = 1_000;

  @Env('QUEUE_DRAIN_TIMEOUT_MS', {
    description: 'How long a stopping worker lets its running jobs finish before it gives them back.',
    unit: 'ms',
  })
  @IsInt()
  @Min(0)
  @Max(600_000)
  readonly drainTimeoutMs: number = 20_000;

  @Env('QUEUE_MAX_LAG_SECONDS', {
    description: 'Health says "down" when the oldest due job has waited longer than this.',
    unit: 'seconds',
  })
  @IsInt()
  @Min(1)
  @Max(86_400)
  readonly maxLagSeconds: number = 300;
}
