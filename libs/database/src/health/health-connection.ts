import pg from 'pg';
import { sqlStateOf } from '../errors.js';

/** A check did not answer in time. */
export class HealthTimeoutError extends Error {
  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
    this.name = 'HealthTimeoutError';
  }
}

/**
 * The one connection that health has for itself: a pool with nothing free does not keep it from answering. It is opened when it is
 * first needed, given up when it breaks or a statement takes too long, and opened anew by the next look. Statements run one by one.
 */
export class HealthConnection {
  #client: pg.Client | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(private readonly options: pg.ClientConfig) {}

  /** Runs one statement, or several without values, and answers the rows of the last. @throws HealthTimeoutError when `signal` ends it first; what PostgreSQL or the network says otherwise */
  async query<R extends object>(text: string, values: readonly unknown[], signal: AbortSignal): Promise<R[]> {
    const run = this.#last.then(async () => this.#run<R>(text, values, signal));
    this.#last = run.catch(() => undefined);
    return run;
  }

  /** Closes the connection for good. */
  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #run<R extends object>(text: string, values: readonly unknown[], signal: AbortSignal): Promise<R[]> {
    signal.throwIfAborted();
    const client = await this.#open(signal);
    try {
      const results: readonly pg.QueryResult<R>[] = [await endedBy(signal, () => this.#discard(client), client.query<R>(text, [...values]))].flat();
      return results.at(-1)?.rows ?? [];
    } catch (error) {
      if (sqlStateOf(error) === undefined || sqlStateOf(error)?.startsWith('57P') === true) this.#discard(client);
      throw error;
    }
  }

  async #open(signal: AbortSignal): Promise<pg.Client> {
    if (this.#client !== undefined) return this.#client;
    if (this.#closed) throw new Error('the application is shutting down');
    const client = new pg.Client(this.options);
    client.on('error', () => this.#discard(client));
    await endedBy(signal, () => this.#discard(client), client.connect());
    this.#client = client;
    return client;
  }

  /** Ending a client whose statement still runs closes its socket at once. */
  #discard(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
    void client.end().catch(() => undefined);
  }
}

/** Settles with `work`, or rejects with the signal's reason as soon as it fires, after `clean`. */
async function endedBy<T>(signal: AbortSignal, clean: () => void, work: Promise<T>): Promise<T> {
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => {
      clean();
      reject(signal.reason instanceof Error ? signal.reason : new Error('ended'));
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}
