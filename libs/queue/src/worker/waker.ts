import type { Logger } from '#database';
import { reconnectDelayMs } from './backoff.js';
import { WAKE_CHANNEL, type QueueDatabase } from './queue-database.js';

/** Listens for new jobs. Where PostgreSQL cannot be reached yet it keeps trying; polling finds the jobs meanwhile. */
export class Waker {
  #unlisten: (() => Promise<void>) | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #stopped = false;

  constructor(
    private readonly database: QueueDatabase,
    private readonly wake: () => void,
    private readonly logger: Logger,
  ) {}

  /** Resolves after the first try, whether or not it listens by then. */
  async start(): Promise<void> {
    try {
      const unlisten = await this.database.listen(WAKE_CHANNEL, this.wake);
      if (this.#stopped) return await unlisten();
      this.#unlisten = unlisten;
      this.wake();
    } catch (error) {
      this.#failures++;
      const delayMs = reconnectDelayMs(this.#failures);
      this.logger.warn({ err: error, delayMs }, 'cannot listen for new jobs yet; polling until then');
      if (!this.#stopped) this.#retry = setTimeout(() => void this.start(), delayMs);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    try {
      await this.#unlisten?.();
    } catch (error) {
      this.logger.warn({ err: error }, 'could not stop listening; the connection is closed with the rest');
    }
  }
}
