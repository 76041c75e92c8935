import { PasswordHashingBusyError } from '../errors.js';

/**
 * Lets at most `running` pieces of work run at once and at most `waiting` more wait for a place, first come first served.
 */
export class HashingPlaces {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(
    private readonly running: number,
    private readonly waiting: number,
    private readonly retryAfterSeconds: number,
  ) {}

  /** Runs `work` when a place is free. @throws PasswordHashingBusyError at once when the queue is full. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      // The place is handed to the next in line and not given back in between, so that nobody can jump the queue.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.running) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= this.waiting) throw new PasswordHashingBusyError(this.retryAfterSeconds);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
