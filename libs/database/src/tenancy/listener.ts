import pg from 'pg';
import { createLogger } from '../logging.js';

const log = createLogger('listener');
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/** Called with the payload of a notification; with an empty one after a reconnect, when some may have been missed. */
export type NotificationHandler = (payload: string) => void;

/** LISTEN on one connection of its own, made with the first channel and made again whenever it breaks. */
export class Listener {
  readonly #handlers = new Map<string, Set<NotificationHandler>>();
  #client: pg.Client | null = null;
  #connecting: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(private readonly connection: pg.ClientConfig) {}

  /** Listens until the returned function is called. @throws when the first connection cannot be made */
  async listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>> {
    const handlers = this.#handlers.get(channel) ?? new Set();
    this.#handlers.set(channel, handlers.add(handler));
    try {
      await this.#connect();
      if (handlers.size === 1) await this.#client?.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      this.#forget(channel, handler);
      throw error;
    }
    return async () => {
      if (this.#forget(channel, handler) && this.#client !== null) await this.#client.query(`unlisten ${pg.escapeIdentifier(channel)}`);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#connecting?.catch(() => undefined);
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  /** Whether nobody listens on the channel any more. */
  #forget(channel: string, handler: NotificationHandler): boolean {
    const handlers = this.#handlers.get(channel);
    handlers?.delete(handler);
    if (handlers === undefined || handlers.size > 0) return false;
    return this.#handlers.delete(channel);
  }

  #connect(): Promise<void> {
    if (this.#client !== null) return Promise.resolve();
    this.#connecting ??= this.#open().finally(() => (this.#connecting = null));
    return this.#connecting;
  }

  async #open(): Promise<void> {
    const client = new pg.Client({ ...this.connection, keepAlive: true, connectionTimeoutMillis: LONGEST_RETRY_MS });
    client.on('error', (error) => log.warn({ err: error }, 'the listening connection broke'));
    client.on('notification', ({ channel, payload }) => this.#tell(channel, payload ?? ''));
    await client.connect();
    client.on('end', () => this.#lost(client));
    for (const channel of this.#handlers.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    this.#client = client;
  }

  #tell(channel: string, payload: string): void {
    for (const handler of this.#handlers.get(channel) ?? []) {
      try {
        handler(payload);
      } catch (error) {
        log.error({ err: error, channel }, 'a notification handler failed');
      }
    }
  }

  #lost(client: pg.Client): void {
    if (this.#client === client) this.#client = null;
    if (!this.#closed && this.#handlers.size > 0) this.#reconnect(FIRST_RETRY_MS);
  }

  #reconnect(waitMs: number): void {
    if (this.#retry !== null) return;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      if (this.#closed) return;
      this.#connect().then(
        () => {
          for (const channel of this.#handlers.keys()) this.#tell(channel, '');
        },
        (error: unknown) => {
          log.warn({ err: error, retryInMs: waitMs }, 'listening again failed');
          this.#reconnect(Math.min(waitMs * 2, LONGEST_RETRY_MS));
        },
      );
    }, waitMs);
  }
}
