import { createLogger, type Logger } from '#database';
import type { CounterStore, Increment } from './rate-limit-store.js';

/** Whether a request is taken, and what is left. */
export interface Taken {
  readonly allowed: boolean;
  /** Requests left in this window. */
  readonly remaining: number;
  /** Until the window ends, in whole seconds, at least 1. */
  readonly resetSeconds: number;
}

export interface SharedLimiterOptions {
  /** The length of a window, in milliseconds. */
  readonly windowMs?: number;
  /** How long increments are collected before they are exchanged, in milliseconds. */
  readonly exchangeEveryMs?: number;
  /** How many subjects one process counts at a time. */
  readonly capacity?: number;
  readonly now?: () => number;
  readonly logger?: Logger;
}

interface Counter {
  /** What all processes had counted at the last exchange. */
  total: number;
  /** Counted here since, and on its way. */
  sent: number;
  /** Counted here and not on its way yet. */
  pending: number;
}

const WINDOW_MS = 60_000;
const EXCHANGE_EVERY_MS = 250;
const CAPACITY = 50_000;
/** How many counters one statement carries. */
const EXCHANGE_BATCH = 2_000;
/** After a failed exchange the next one waits this long. */
const PAUSE_AFTER_FAILURE_MS = 5_000;

/**
 * Limits that all processes share, in fixed windows. A request is counted in memory and costs no statement; what was counted is added to
 * the shared counters in one statement at most every `exchangeEveryMs`, which also tells what the other processes have counted.
 *
 * No process alone admits more than the limit. Together they may admit beyond it only what they take between two exchanges after the
 * limit is reached: n processes at most n times the limit, and only where all of it arrives within that quarter of a second.
 * While the store fails, each process counts for itself.
 */
export class SharedLimiter {
  readonly #options: Required<Omit<SharedLimiterOptions, 'logger'>>;
  readonly #log: Logger;
  #counters = new Map<string, Counter>();
  #window = 0;
  #timer: NodeJS.Timeout | null = null;
  #exchange: Promise<void> | null = null;
  #isFailing = false;
  #closed = false;
  #forgottenIn = 0;

  constructor(
    private readonly store: CounterStore,
    { logger = createLogger('rate-limit'), ...options }: SharedLimiterOptions = {},
  ) {
    this.#options = { windowMs: WINDOW_MS, exchangeEveryMs: EXCHANGE_EVERY_MS, capacity: CAPACITY, now: () => Date.now(), ...options };
    this.#log = logger;
  }

  /** Counts one request of `subject`, unless it is beyond `limit`. */
  take(subject: string, limit: number): Taken {
    const counter = this.#counterOf(subject);
    const used = counter.total + counter.sent + counter.pending;
    if (used >= limit) return this.#taken(false, 0);
    counter.pending += 1;
    this.#arm(this.#options.exchangeEveryMs);
    return this.#taken(true, limit - used - 1);
  }

  /** Counts one attempt of `subject` in the shared counter before it answers: exact over all processes, one statement each. */
  async takeExactly(subject: string, limit: number): Promise<Taken> {
    const counter = this.#counterOf(subject);
    if (counter.total >= limit) return this.#taken(false, 0);
    const increment = this.#increment(subject, 1);
    try {
      const total = (await this.store.add([increment])).get(increment.key) ?? 1;
      counter.total = Math.max(counter.total, total);
      this.#recovered();
      return this.#taken(total <= limit, Math.max(0, limit - total));
    } catch (error) {
      this.#failed(error);
      return this.#taken(true, limit);
    }
  }

  /** Sends what is still counted here only. What is taken afterwards is counted for this process alone. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#exchange;
    await this.#exchangeNow();
  }

  #counterOf(subject: string): Counter {
    const window = Math.floor(this.#options.now() / this.#options.windowMs);
    if (window !== this.#window) {
      this.#window = window;
      this.#counters = new Map();
    }
    const known = this.#counters.get(subject);
    if (known !== undefined) return known;
    if (this.#counters.size >= this.#options.capacity) this.#dropOldest();
    const counter: Counter = { total: 0, sent: 0, pending: 0 };
    this.#counters.set(subject, counter);
    return counter;
  }

  /** Its shared counter stays; when it comes back it goes on from there at its next exchange. */
  #dropOldest(): void {
    for (const subject of this.#counters.keys()) {
      this.#counters.delete(subject);
      return;
    }
  }

  #taken(allowed: boolean, remaining: number): Taken {
    const { now, windowMs } = this.#options;
    return { allowed, remaining, resetSeconds: Math.max(1, Math.ceil(((this.#window + 1) * windowMs - now()) / 1_000)) };
  }

  #increment(subject: string, points: number): Increment {
    const { windowMs } = this.#options;
    return { key: `${subject} ${this.#window}`, points, expire: (this.#window + 2) * windowMs };
  }

  #arm(afterMs: number): void {
    if (this.#closed || this.#timer !== null || this.#exchange !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#exchange = this.#exchangeNow().finally(() => {
        this.#exchange = null;
        if (this.#hasPending()) this.#arm(this.#isFailing ? PAUSE_AFTER_FAILURE_MS : this.#options.exchangeEveryMs);
      });
    }, afterMs).unref();
  }

  #hasPending(): boolean {
    for (const { pending } of this.#counters.values()) if (pending > 0) return true;
    return false;
  }

  async #exchangeNow(): Promise<void> {
    const changed = [...this.#counters].filter(([, { pending }]) => pending > 0);
    for (let at = 0; at < changed.length; at += EXCHANGE_BATCH) {
      if (!(await this.#send(changed.slice(at, at + EXCHANGE_BATCH)))) return;
    }
    if (changed.length > 0 && this.#forgottenIn !== this.#window) {
      this.#forgottenIn = this.#window;
      await this.store.forgetExpired(this.#options.now()).catch((error: unknown) => this.#failed(error));
    }
  }

  async #send(changed: readonly (readonly [string, Counter])[]): Promise<boolean> {
    const increments = changed.map(([subject, counter]) => {
      counter.sent = counter.pending;
      counter.pending = 0;
      return this.#increment(subject, counter.sent);
    });
    try {
      const totals = await this.store.add(increments);
      changed.forEach(([, counter], index) => {
        counter.total = totals.get(increments[index]?.key ?? '') ?? counter.total + counter.sent;
        counter.sent = 0;
      });
      this.#recovered();
      return true;
    } catch (error) {
      for (const [, counter] of changed) {
        counter.pending += counter.sent;
        counter.sent = 0;
      }
      this.#failed(error);
      return false;
    }
  }

  #failed(error: unknown): void {
    if (!this.#isFailing)
      this.#log.warn({ err: error }, 'The shared counters of the rate limits cannot be reached: this process counts for itself until they can');
    this.#isFailing = true;
  }

  #recovered(): void {
    if (this.#isFailing) this.#log.info('The shared counters of the rate limits are back');
    this.#isFailing = false;
  }
}
