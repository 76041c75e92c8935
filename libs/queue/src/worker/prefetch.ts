import type { QueueOptions } from './options.js';

/** How much work is held ready, in milliseconds of the worker's time: what a job of another organization may wait at most. */
const READY_MS = 20;
const WEIGHT_OF_LAST = 0.1;
/** Ends that are not written yet, in claims: more than this and claiming waits for PostgreSQL. */
const UNWRITTEN_CLAIMS = 4;

/**
 * How many jobs to hold beside those that run. Long jobs are claimed as slots come free; short ones are held ready for
 * about 20 ms of work, so that claiming is not what limits them, and nobody waits long behind what was claimed before.
 */
export class Prefetch {
  #averageMs: number | undefined;

  constructor(private readonly options: QueueOptions) {}

  /** A run took this long. */
  ran(durationMs: number): void {
    this.#averageMs = this.#averageMs === undefined ? durationMs : this.#averageMs + (durationMs - this.#averageMs) * WEIGHT_OF_LAST;
  }

  get #ready(): number {
    if (this.#averageMs === undefined) return 0;
    return Math.min(this.options.claimBatch, Math.floor((this.options.concurrency * READY_MS) / Math.max(this.#averageMs, 0.01)));
  }

  /** How many jobs to claim now; 0 while enough are held. */
  room(waiting: number, running: number, unwritten: number): number {
    const ready = this.#ready;
    if (waiting > ready / 2 || unwritten > this.options.claimBatch * UNWRITTEN_CLAIMS) return 0;
    return Math.max(0, Math.min(this.options.claimBatch, this.options.concurrency + ready - running - waiting));
  }

  /** How many jobs one organization may hold here. */
  share(): number {
    return Math.max(1, Math.ceil(((this.options.concurrency + this.#ready) * this.options.organizationSharePercent) / 100));
  }
}
