import { createLogger, Database } from '#database';

const log = createLogger('runs');
const CHANNEL = 'plinth_run';
const RETRY_MS = 1_000;

/** What it needs of the database. */
export type RunNotifications = Pick<Database, 'listen'>;

/**
 * Tells the calls of this process that something happened to their runs: one connection for all, made with the first call. What
 * happened is read from the rows.
 */
export class RunWatch {
  readonly #followers = new Map<string, Set<() => void>>();
  #listening: Promise<() => Promise<void>> | undefined;
  #isClosed = false;

  constructor(private readonly database: RunNotifications) {}

  /** Calls `changed` when something may have happened to the run, until the returned function is called. */
  follow(orgId: string, runId: string, changed: () => void): () => void {
    const key = `${orgId}:${runId}`;
    const followers = this.#followers.get(key) ?? new Set();
    this.#followers.set(key, followers.add(changed));
    this.#listen();
    return () => {
      followers.delete(changed);
      if (followers.size === 0 && this.#followers.get(key) === followers) this.#followers.delete(key);
    };
  }

  /** Stops listening. */
  async close(): Promise<void> {
    this.#isClosed = true;
    try {
      await (
        await this.#listening
      )?.();
    } catch (error) {
      log.warn({ err: error }, 'could not stop listening for runs; the connection is closed with the rest');
    }
  }

  /** Tells everybody once it listens, for what happened before. Where it cannot, it tries again. */
  #listen(): void {
    if (this.#listening !== undefined || this.#isClosed) return;
    this.#listening = this.database.listen(CHANNEL, (payload) => this.#tell(payload));
    this.#listening.then(
      () => this.#tell(''),
      (error: unknown) => {
        log.warn({ err: error, retryInMs: RETRY_MS }, 'cannot listen for what happens to runs; trying again');
        setTimeout(() => this.#listenAgain(), RETRY_MS).unref();
      },
    );
  }

  #listenAgain(): void {
    this.#listening = undefined;
    if (this.#followers.size > 0) this.#listen();
  }

  /** An empty payload: some may have been missed. */
  #tell(payload: string): void {
    const told = payload === '' ? [...this.#followers.values()] : [this.#followers.get(payload) ?? []];
    for (const followers of told) for (const changed of followers) changed();
  }
}
