import { createRequire } from 'node:module';
import pg from 'pg';
import { createLogger } from '../../logging.js';
import { DatabaseUnavailableError, NativeDriverError, PoolExhaustedError } from '../errors.js';
import { WireConnection } from './one-sync.js';

const log = createLogger('pool');

export interface PoolOptions {
  /** What the pool is called in messages. */
  readonly name: string;
  /** The variable that says where its database is, for messages. */
  readonly variable?: string;
  /** Host, port, database, login and TLS, resolved. */
  readonly connection: pg.ClientConfig;
  /** The most connections it opens. */
  readonly size: number;
  /** How long a caller waits for a free connection, in milliseconds. */
  readonly acquireTimeoutMs: number;
  /** How long opening a connection may take, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** How many statement names each connection keeps. */
  readonly nameCapacity: number;
}

/** A connection checked out; given back exactly once. */
export interface Lease {
  readonly wire: WireConnection;
  readonly client: pg.ClientBase;
  /** Gives the connection back; with an error, or when it is not clean, it is closed instead. */
  release(error?: unknown): void;
}

interface Connected {
  readonly client: pg.PoolClient;
  readonly wire: WireConnection;
}

/** Somebody who waits for a connection: handed one that was just given back, or null for the place of one that broke. */
interface Waiter {
  start(connected: Connected | null): void;
  giveUp(): void;
  /** When the wait is over, by performance.now(). */
  readonly until: number;
}

/** @throws NativeDriverError if pg-native is installed or forced: TypeORM and pg would take it without a word. */
export function refuseNativeDriver(): void {
  if (process.env['NODE_PG_FORCE_NATIVE']) throw new NativeDriverError('NODE_PG_FORCE_NATIVE');
  try {
    createRequire(import.meta.url).resolve('pg-native');
  } catch {
    return;
  }
  throw new NativeDriverError('it is installed');
}

/** A bounded pool whose callers wait a bounded time. A connection is taken when there is a statement to send, never before. */
export class ConnectionPool {
  readonly #pool: pg.Pool;
  readonly #wires = new WeakMap<pg.PoolClient, WireConnection>();
  readonly #waiting: Waiter[] = [];
  #taken = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(readonly options: PoolOptions) {
    this.#pool = new pg.Pool({
      ...options.connection,
      max: options.size,
      connectionTimeoutMillis: options.connectTimeoutMs,
      idleTimeoutMillis: 30_000,
    });
    this.#pool.on('error', (error) => log.warn({ err: error, pool: options.name }, 'an idle connection broke'));
  }

  get name(): string {
    return this.options.name;
  }

  /** How many connections are checked out, open, and how many callers wait. */
  get usage(): { taken: number; open: number; waiting: number; size: number } {
    return { taken: this.#taken, open: this.#pool.totalCount, waiting: this.#waiting.length, size: this.options.size };
  }

  /** Takes a connection. @throws PoolExhaustedError, DatabaseUnavailableError */
  async acquire(): Promise<Lease> {
    let connected: Connected | null = null;
    if (this.#taken < this.options.size) this.#taken++;
    else connected = await this.#wait();
    return this.#lease(connected ?? (await this.#connect()));
  }

  /** Runs the driver's own client, without entering anything: for looking at the server at start. */
  async withClient<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const lease = await this.acquire();
    let failure: unknown;
    try {
      return await work(lease.client);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      lease.release(failure);
    }
  }

  /** Waits for the connections that are out, then closes all. */
  close(): Promise<void> {
    return this.#pool.ended || this.#pool.ending ? Promise.resolve() : this.#pool.end();
  }

  async #connect(): Promise<Connected> {
    try {
      for (;;) {
        const client = await this.#pool.connect();
        const wire = this.#wireOf(client);
        if (wire.brokenBy === undefined) return { client, wire };
        client.release(true);
      }
    } catch (error) {
      this.#handOver(null);
      throw new DatabaseUnavailableError(this.options.variable ?? `The pool "${this.options.name}"`, this.options.connection, error);
    }
  }

  #lease({ client, wire }: Connected): Lease {
    let released = false;
    return {
      wire,
      client,
      release: (error?: unknown): void => {
        if (released) return;
        released = true;
        const isUsable = error === undefined && wire.brokenBy === undefined && wire.transactionStatus === 'I';
        if (!isUsable) client.release(true);
        else if (this.#waiting.length === 0) client.release();
        this.#handOver(isUsable ? { client, wire } : null);
      },
    };
  }

  #wireOf(client: pg.PoolClient): WireConnection {
    const known = this.#wires.get(client);
    if (known !== undefined) return known;
    const wire = new WireConnection(client, this.options);
    this.#wires.set(client, wire);
    return wire;
  }

  #wait(): Promise<Connected | null> {
    return new Promise((resolve, reject) => {
      const { acquireTimeoutMs, name, size } = this.options;
      const giveUp = (): void => reject(new PoolExhaustedError(name, size, acquireTimeoutMs));
      this.#waiting.push({ start: resolve, giveUp, until: performance.now() + acquireTimeoutMs });
      this.#timer ??= this.#wake(acquireTimeoutMs);
    });
  }

  /** One timer for all who wait: they came in the order in which their waits end. */
  #wake(afterMs: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      const now = performance.now();
      let first = this.#waiting[0];
      while (first !== undefined && first.until <= now) {
        this.#waiting.shift();
        first.giveUp();
        first = this.#waiting[0];
      }
      this.#timer = first === undefined ? null : this.#wake(Math.ceil(first.until - now));
    }, afterMs);
    return timer.unref();
  }

  /** Gives the connection, or the place of one that broke, to whoever waits longest. */
  #handOver(connected: Connected | null): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken--;
    else next.start(connected);
  }
}
