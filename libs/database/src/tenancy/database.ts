import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { PoolName } from '../config/connection-budget.js';
import { connectionOptions, directUrl } from '../config/connection-url.js';
import type { TlsSettings } from '../config/tls.js';
import { AuthConnection } from './auth-connection.js';
import { ConnectionPool, refuseNativeDriver } from './driver/pool.js';
import { openTenantDataSource } from './driver/typeorm-adapter.js';
import type { TenantIdentity, Timeouts } from './entering.js';
import { PoolNotOpenError } from './errors.js';
import { Listener, type NotificationHandler } from './listener.js';
import { QueueConnection } from './plain-connection.js';
import { EntityCatalogue } from './repository/entity-catalogue.js';
import { DEFAULT_SETTINGS, type DatabaseSettings } from './settings.js';
import { TenantConnection, type TenantRuntime } from './tenant-connection.js';
import { contextSource, fixedSource } from './tenant-source.js';
import { UnrestrictedConnection } from './unrestricted-connection.js';

/** One URL per login. Only the first is needed; a pool whose URL is absent is not opened. */
export interface DatabaseUrls {
  readonly login: string;
  readonly privileged?: string;
  readonly queue?: string;
  /** Host, port and database past a pooler; holds no login. */
  readonly direct?: string;
}

export interface OpenDatabaseOptions {
  readonly urls: DatabaseUrls;
  readonly tls?: TlsSettings;
  /** Sizes, timeouts and forms; defaults as in the configuration. */
  readonly settings?: Partial<DatabaseSettings>;
  /** What PostgreSQL shows as the name of the connections. */
  readonly applicationName?: string;
}

/** Who works on a tenant's rows outside a request; SYSTEM by default. Written to audit rows. */
export type TenantActor = Partial<Omit<TenantIdentity, 'orgId'>>;

interface Pools {
  readonly tenant: ConnectionPool;
  readonly privileged: ConnectionPool | null;
  readonly queue: ConnectionPool | null;
}

/** Everything a process has open on the database. Connections are made when a statement first needs one. */
export class Database {
  /** The tenant of the running request or job: the connection that services inject. */
  readonly current: TenantConnection;
  readonly #pools: Pools;
  readonly #runtime: TenantRuntime;
  readonly #listener: Listener;
  readonly #auth: AuthConnection | null;
  readonly #unrestricted: UnrestrictedConnection | null;
  readonly #queue: QueueConnection | null;

  /** Use openDatabase. */
  constructor(
    pools: Pools,
    runtime: TenantRuntime,
    listener: Listener,
    /** TypeORM's view of the same database; its repositories join the tenant's transactions. */
    readonly dataSource: DataSource,
  ) {
    this.#pools = pools;
    this.#runtime = runtime;
    this.#listener = listener;
    const { form, timeouts } = runtime;
    this.current = new TenantConnection(runtime, contextSource);
    this.#auth = pools.privileged && new AuthConnection(pools.privileged, form, timeouts);
    this.#unrestricted = pools.privileged && new UnrestrictedConnection(pools.privileged, form, timeouts);
    this.#queue = pools.queue && new QueueConnection(pools.queue);
  }

  /** A connection to the rows of one organization; one unit of work (a job, a script step). @throws InvalidOrganizationIdError */
  tenant(orgId: string, actor: TenantActor = {}): TenantConnection {
    return new TenantConnection(this.#runtime, fixedSource(orgId, actor));
  }

  /** @throws PoolNotOpenError */
  get auth(): AuthConnection {
    return this.#auth ?? notOpen('privileged', 'DATABASE_PRIVILEGED_URL');
  }

  /** @throws PoolNotOpenError */
  get unrestricted(): UnrestrictedConnection {
    return this.#unrestricted ?? notOpen('privileged', 'DATABASE_PRIVILEGED_URL');
  }

  /** @throws PoolNotOpenError */
  get queue(): QueueConnection {
    return this.#queue ?? notOpen('queue', 'DATABASE_QUEUE_URL');
  }

  /** The open pools with what they hold at the moment. */
  get pools(): readonly ConnectionPool[] {
    return [this.#pools.tenant, this.#pools.privileged, this.#pools.queue].filter((pool) => pool !== null);
  }

  /**
   * Calls `handler` for every notification on `channel`, and once after each reconnect (with an empty payload), since
   * notifications may have been missed meanwhile. One direct connection serves all channels.
   * @returns what stops listening
   */
  listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>> {
    return this.#listener.listen(channel, handler);
  }

  /** Waits for the statements and transactions under way, then closes every connection. */
  async close(): Promise<void> {
    await this.#listener.close();
    await Promise.all(this.pools.map((pool) => pool.close()));
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/**
 * Opens the database for one process; connects to nothing yet.
 * @throws InvalidSettingError for a URL that cannot be used, NativeDriverError when pg-native is present
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  refuseNativeDriver();
  const settings: DatabaseSettings = { ...DEFAULT_SETTINGS, ...options.settings };
  const timeouts: Timeouts = {
    statementMs: settings.statementTimeoutMs,
    lockMs: settings.lockTimeoutMs,
    idleInTransactionMs: settings.idleInTransactionTimeoutMs,
  };
  const { urls, tls = {}, applicationName = 'plinth' } = options;
  const open = (name: PoolName, url: string, size: number, limits: pg.ClientConfig = {}): ConnectionPool =>
    new ConnectionPool({
      name,
      variable: VARIABLE_OF_POOL[name],
      size,
      connection: connectionOptions(url, tls, { application_name: applicationName, keepAlive: true, ...limits }),
      acquireTimeoutMs: settings.acquireTimeoutMs,
      connectTimeoutMs: settings.connectTimeoutMs,
      nameCapacity: settings.preparedStatements ? NAMES_PER_CONNECTION : 0,
    });
  const pools: Pools = {
    tenant: open('tenant', urls.login, settings.poolSize),
    privileged: urls.privileged === undefined ? null : open('privileged', urls.privileged, settings.privilegedPoolSize),
    queue: urls.queue === undefined ? null : open('queue', urls.queue, settings.queuePoolSize, queueLimits(timeouts)),
  };
  const dataSource = await openTenantDataSource({ pool: pools.tenant, form: settings.roundTripForm, timeouts });
  const runtime: TenantRuntime = { pool: pools.tenant, form: settings.roundTripForm, timeouts, catalogue: new EntityCatalogue(dataSource) };
  const listener = new Listener(connectionOptions(directUrl(urls.queue ?? urls.login, urls.direct), tls, { application_name: `${applicationName} listen` }));
  return new Database(pools, runtime, listener, dataSource);
}

/** Where an operator says what a pool connects to. */
const VARIABLE_OF_POOL: Readonly<Record<PoolName, string>> = { tenant: 'DATABASE_URL', privileged: 'DATABASE_PRIVILEGED_URL', queue: 'DATABASE_QUEUE_URL' };

/** What each connection keeps prepared at most. */
const NAMES_PER_CONNECTION = 256;

/** The queue's login enters nothing, so its limits hold from the start of the connection. */
function queueLimits(timeouts: Timeouts): pg.ClientConfig {
  return {
    statement_timeout: timeouts.statementMs,
    lock_timeout: timeouts.lockMs,
    idle_in_transaction_session_timeout: timeouts.idleInTransactionMs,
  };
}

function notOpen(pool: string, variable: string): never {
  throw new PoolNotOpenError(pool, variable);
}
