import type { Logger } from '#database';
import { reconnectDelayMs } from './backoff.js';
import { holdKey, type ClaimedJob, type EndedJob } from './claimed-job.js';
import type { JobStore } from './job-store.js';

const MAX_BATCH = 500;

export interface SettlerEvents {
  /** Written, or found to be no longer ours. */
  settled(ended: EndedJob, held: boolean): void;
  /** A batch has been written. */
  flushed(): void;
}

/**
 * Writes how runs ended, one statement at a time for all that ended since the last one, which is what makes many short jobs
 * cheap. While PostgreSQL is away it keeps them and tries again.
 */
export class Settler {
  readonly #pending: EndedJob[] = [];
  #inFlight: EndedJob[] = [];
  #running: Promise<void> | undefined;
  #failures = 0;
  #stopped = false;

  constructor(
    private readonly storeOf: (job: ClaimedJob) => JobStore,
    private readonly events: SettlerEvents,
    private readonly logger: Logger,
  ) {}

  get size(): number {
    return this.#pending.length + this.#inFlight.length;
  }

  add(ended: EndedJob): void {
    this.#pending.push(ended);
    this.#running ??= this.#run();
  }

  /** Jobs whose end is not written yet: still held, so their leases want renewing. */
  *jobs(): IterableIterator<ClaimedJob> {
    for (const { job } of this.#inFlight) yield job;
    for (const { job } of this.#pending) yield job;
  }

  /** Resolves when everything is written, or after `timeoutMs`; then whether all was. */
  async drain(timeoutMs: number): Promise<boolean> {
    const deadline = AbortSignal.timeout(Math.max(1, timeoutMs));
    const expired = new Promise<void>((resolve) => deadline.addEventListener('abort', () => resolve(), { once: true }));
    while (this.#running !== undefined && !deadline.aborted) await Promise.race([this.#running, expired]);
    this.#stopped = true;
    return this.size === 0;
  }

  async #run(): Promise<void> {
    // Lets everything that ends in this turn of the event loop join the batch.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#pending.length > 0 && !this.#stopped) {
      this.#inFlight = this.#pending.splice(0, MAX_BATCH);
      try {
        await this.#write(this.#inFlight);
        this.#failures = 0;
        this.#inFlight = [];
        this.events.flushed();
      } catch (error) {
        this.#pending.unshift(...this.#inFlight);
        this.#inFlight = [];
        this.#failures++;
        const delayMs = reconnectDelayMs(this.#failures);
        this.logger.warn({ err: error, waiting: this.#pending.length, delayMs }, 'the ends of jobs could not be written; trying again');
        await new Promise<void>((resolve) => setTimeout(resolve, delayMs));
      }
    }
    this.#running = undefined;
  }

  async #write(batch: readonly EndedJob[]): Promise<void> {
    const byStore = new Map<JobStore, EndedJob[]>();
    for (const ended of batch) {
      const store = this.storeOf(ended.job);
      const group = byStore.get(store);
      if (group === undefined) byStore.set(store, [ended]);
      else group.push(ended);
    }
    for (const [store, group] of byStore) {
      const held = await store.settle(group);
      for (const ended of group) {
        this.#inFlight.splice(this.#inFlight.indexOf(ended), 1);
        this.events.settled(ended, held.has(holdKey(ended.job)));
      }
    }
  }
}
