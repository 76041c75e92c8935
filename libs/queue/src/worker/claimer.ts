import type { Logger } from '#database';
import { reconnectDelayMs } from './backoff.js';
import type { ClaimedJob } from './claimed-job.js';
import type { JobStore } from './job-store.js';
import type { QueueOptions } from './options.js';

export interface ClaimerInput {
  readonly worker: string;
  readonly store: JobStore;
  readonly options: QueueOptions;
  readonly logger: Logger;
  /** How many jobs there is room for. */
  room(): number;
  share(): number;
  held(): ReadonlyMap<string, number>;
  claimed(jobs: readonly ClaimedJob[], reclaimed: number): void;
}

const LONGEST_TIMER_MS = 60_000;

/** Decides when to claim from one table: when woken, when a job comes due, when room was made, and every poll interval. One claim at a time. */
export class Claimer {
  #mayFind = false;
  /** The last claim saw jobs that limits held back. */
  #heldBack = false;
  #claiming: Promise<void> | undefined;
  #failures = 0;
  #stopped = true;
  #poll: NodeJS.Timeout | undefined;
  #due: NodeJS.Timeout | undefined;
  #dueAt = Infinity;

  constructor(private readonly input: ClaimerInput) {}

  start(): void {
    this.#stopped = false;
    this.#poll = setInterval(() => this.wake(), this.input.options.pollIntervalMs);
    this.wake();
  }

  /** Jobs may be there. */
  wake(): void {
    this.#mayFind = true;
    this.#claimIfSensible();
  }

  /** A run ended here. */
  roomMade(): void {
    this.#claimIfSensible();
  }

  /** Ends were written: what limits held back may be free now. */
  limitsMayHaveMoved(): void {
    if (this.#heldBack) this.wake();
    else this.#claimIfSensible();
  }

  /** A job comes due in `delayMs` milliseconds. */
  dueIn(delayMs: number): void {
    const at = performance.now() + delayMs;
    if (this.#stopped || at >= this.#dueAt) return;
    clearTimeout(this.#due);
    this.#dueAt = at;
    this.#due = setTimeout(
      () => {
        this.#dueAt = Infinity;
        this.wake();
      },
      Math.min(LONGEST_TIMER_MS, Math.max(1, Math.ceil(delayMs))),
    );
  }

  /** Stops claiming, after the claim under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#due);
    await this.#claiming;
  }

  #claimIfSensible(): void {
    if (this.#stopped || !this.#mayFind || this.#claiming !== undefined || this.input.room() === 0) return;
    this.#claiming = this.#claim().finally(() => {
      this.#claiming = undefined;
      this.#claimIfSensible();
    });
  }

  async #claim(): Promise<void> {
    const { worker, store, options, logger } = this.input;
    const limit = this.input.room();
    this.#mayFind = false;
    try {
      const result = await store.claim({ worker, limit, leaseMs: options.leaseMs, share: this.input.share(), held: this.input.held() });
      this.#failures = 0;
      if (result.jobs.length === limit) this.#mayFind = true;
      this.#heldBack = result.more;
      if (result.dueInMs !== null) this.dueIn(result.dueInMs);
      this.input.claimed(result.jobs, result.reclaimed);
    } catch (error) {
      this.#failures++;
      const delayMs = reconnectDelayMs(this.#failures);
      logger.warn({ err: error, delayMs }, 'jobs could not be claimed; trying again');
      this.#mayFind = false;
      this.dueIn(delayMs);
    }
  }
}
