import type { Logger } from '#database';
import { holdKey, type ClaimedJob } from './claimed-job.js';
import type { JobStore } from './job-store.js';

export interface HeartbeatOptions {
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  /** What is held at this moment, waiting, running or not yet written, by table. */
  held(): ReadonlyMap<JobStore, readonly ClaimedJob[]>;
  /** The leases of these jobs passed on, or may have, since PostgreSQL was away for a whole lease. */
  lost(jobs: readonly ClaimedJob[]): void;
}

/** Renews the leases of everything a worker holds, one statement a table, and finds out which were lost. */
export class Heartbeat {
  readonly #renewedAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;

  constructor(
    private readonly options: HeartbeatOptions,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.#timer = setInterval(() => {
      this.#beating ??= this.#beat().finally(() => (this.#beating = undefined));
      this.#loseExpired();
    }, this.options.heartbeatMs);
  }

  /** Stops beating; what is held expires by itself. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
  }

  async #beat(): Promise<void> {
    for (const [store, jobs] of this.options.held()) {
      if (jobs.length === 0) continue;
      const startedAt = performance.now();
      try {
        const held = await store.renew(jobs, this.options.leaseMs);
        for (const job of jobs) if (held.has(holdKey(job))) this.#renewedAt.set(holdKey(job), startedAt);
        this.#lose(jobs.filter((job) => !held.has(holdKey(job))));
      } catch (error) {
        this.logger.warn({ err: error, jobs: jobs.length }, 'leases could not be renewed; trying again with the next heartbeat');
      }
    }
  }

  /** By this worker's own clock: jobs that were not renewed for a whole lease. */
  #loseExpired(): void {
    const now = performance.now();
    const held = [...this.options.held().values()].flat();
    const keys = new Set(held.map(holdKey));
    for (const key of this.#renewedAt.keys()) if (!keys.has(key)) this.#renewedAt.delete(key);
    this.#lose(held.filter((job) => now - (this.#renewedAt.get(holdKey(job)) ?? job.leasedAt) > this.options.leaseMs));
  }

  #lose(jobs: readonly ClaimedJob[]): void {
    if (jobs.length > 0) this.options.lost(jobs);
  }
}
