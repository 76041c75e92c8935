import { createLogger, Database } from '#database';

const log = createLogger('runs');
const CHANNEL = 'plinth_run';

/** What it needs of the database. */
export type RunNotifications = Pick<Database, 'listen'>;

/**
 * Tells the calls of this process that something happened to their runs: one connection for all, made with the first call. What
 * happened is read from the rows.
 */
export class RunWatch {
  readonly #followers = new Map<string, Set<() => void>>();
  #listening: Promise<() => Promise<void>> | undefined;

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
    try {
      await (
        await this.#listening
      )?.();
    } catch (error) {
      log.warn({ err: error }, 'could not stop listening for runs; the connection is closed with the rest');
    }
  }

  /** Where it cannot listen, the next call tries again. */
  #listen(): void {
    this.#listening ??= this.database.listen(CHANNEL, (payload) => this.#tell(payload));
    this.#listening.catch((error: unknown) => {
      this.#listening = undefined;
      log.warn({ err: error }, 'cannot listen for cancelled runs; trying again with the next call');
    });
  }

  /** An empty payload: some may have been missed. */
  #tell(payload: string): void {
    const told = payload === '' ? [...this.#followers.values()] : [this.#followers.get(payload) ?? []];
    for (const followers of told) for (const changed of followers) changed();
  }
}
