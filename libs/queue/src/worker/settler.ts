import type { Logger } from '#database';
import { reconnectDelayMs } from './backoff.js';
import { holdKey, type ClaimedJob, type EndedJob } from './claimed-job.js';
import type { JobStore } from './job-store.js';

const MAX_BATCH = 500;
/** After this long an end is written again whose row somebody had locked. */
const BUSY_RETRY_MS = 100;

export interface SettlerEvents {
  /** Written, or found to be no longer ours. */
  settled(ended: EndedJob, held: boolean): void;
  /** A batch has been written. */
  flushed(): void;
}

/**
 * Writes how runs ended, one statement at a time for all that ended since the last one, which is what makes many short jobs
 * cheap. While PostgreSQL is away it keeps them and tries again; so it does with those whose rows somebody has locked, without
 * keeping the others waiting.
 */
export class Settler {
  readonly #pending: EndedJob[] = [];
  #inFlight: EndedJob[] = [];
  readonly #busy = new Set<EndedJob>();
  #running: Promise<void> | undefined;
  #failures = 0;
  #stopped = false;

  constructor(
    private readonly storeOf: (job: ClaimedJob) => JobStore,
    private readonly events: SettlerEvents,
    private readonly logger: Logger,
  ) {}

  get size(): number {
    return this.#pending.length + this.#inFlight.length + this.#busy.size;
  }

  add(ended: EndedJob): void {
    this.#pending.push(ended);
    this.#running ??= this.#run();
  }

  /** Jobs whose end is not written yet: still held, so their leases want renewing. */
  *jobs(): IterableIterator<ClaimedJob> {
    for (const { job } of this.#inFlight) yield job;
    for (const { job } of this.#pending) yield job;
    for (const { job } of this.#busy) yield job;
  }

  /** Resolves when everything is written, or after `timeoutMs`; then whether all was. */
  async drain(timeoutMs: number): Promise<boolean> {
    const deadline = AbortSignal.timeout(Math.max(1, timeoutMs));
    const expired = new Promise<void>((resolve) => deadline.addEventListener('abort', () => resolve(), { once: true }));
    while (this.size > 0 && !deadline.aborted) {
      await Promise.race([this.#running ?? new Promise((resolve) => setTimeout(resolve, BUSY_RETRY_MS)), expired]);
    }
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

  #again(ended: EndedJob): void {
    this.#busy.add(ended);
    setTimeout(() => {
      this.#busy.delete(ended);
      if (!this.#stopped) this.add(ended);
    }, BUSY_RETRY_MS);
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
      const { settled, busy } = await store.settle(group);
      for (const ended of group) {
        this.#inFlight.splice(this.#inFlight.indexOf(ended), 1);
        if (busy.has(holdKey(ended.job))) this.#again(ended);
        else this.events.settled(ended, settled.has(holdKey(ended.job)));
      }
    }
  }
}
