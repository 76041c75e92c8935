import { Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { getRepositoryToken } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';
import { DatabaseConfig } from './config/areas/database.config.js';
import type { PoolName } from './config/connection-budget.js';
import { loadConfig } from './config/load-config.js';
import { entities } from './entities/index.js';
import { createLogger } from './logging.js';
import { AuthConnection } from './tenancy/auth-connection.js';
import { checkAtBoot } from './tenancy/boot-check.js';
import { Database } from './tenancy/database.js';
import { closeFurtherDatabases } from './tenancy/further-databases.js';
import { QueueConnection } from './tenancy/plain-connection.js';
import { openConfiguredDatabase } from './tenancy/process-database.js';
import { TenantConnection } from './tenancy/tenant-connection.js';
import { UnrestrictedConnection } from './tenancy/unrestricted-connection.js';

const log = createLogger('database');

export interface DatabaseModuleOptions {
  /** Which pools this process opens. `privileged` is for signing in and unrestricted work, `queue` for claiming jobs. */
  readonly pools: readonly PoolName[];
  /** What PostgreSQL shows as the name of the connections. */
  readonly applicationName: string;
}

/** What each pool gives to inject. */
const CONNECTIONS: Readonly<Record<PoolName, readonly Provider[]>> = {
  tenant: [],
  privileged: [
    { provide: AuthConnection, inject: [Database], useFactory: (database: Database) => database.auth },
    { provide: UnrestrictedConnection, inject: [Database], useFactory: (database: Database) => database.unrestricted },
  ],
  queue: [{ provide: QueueConnection, inject: [Database], useFactory: (database: Database) => database.queue }],
};

/** TypeORM's own tokens, so that `@InjectRepository` finds repositories that are the running tenant's. */
const ORM: readonly Provider[] = [
  { provide: DataSource, inject: [Database], useFactory: (database: Database) => database.dataSource },
  { provide: EntityManager, inject: [DataSource], useFactory: (dataSource: DataSource) => dataSource.manager },
  ...entities.map((entity): Provider => ({
    provide: getRepositoryToken(entity),
    inject: [DataSource],
    useFactory: (dataSource: DataSource) => dataSource.getRepository(entity),
  })),
];

/** The database of a Nest application: one tenant connection for all, bound to each request through its context. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  /**
   * Import it once, in the application's module. The application does not start with a login that can do more than it
   * should, nor without a database.
   * @throws ConfigurationError, UnsafeLoginError, DatabaseUnavailableError while the application is being made
   */
  static forRoot(options: DatabaseModuleOptions): DynamicModule {
    const pools: readonly PoolName[] = [...new Set<PoolName>(['tenant', ...options.pools])];
    const providers: Provider[] = [
      { provide: Database, useFactory: () => openChecked(pools, options.applicationName) },
      { provide: TenantConnection, inject: [Database], useFactory: (database: Database) => database.current },
      ...pools.flatMap((pool) => CONNECTIONS[pool]),
      ...ORM,
    ];
    return {
      module: DatabaseModule,
      global: true,
      providers,
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }

  /** Waits for what is under way, then closes every connection. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
    await closeFurtherDatabases();
  }
}

async function openChecked(pools: readonly PoolName[], applicationName: string): Promise<Database> {
  const database = await openConfiguredDatabase({ applicationName, pools });
  try {
    const budget = await checkAtBoot(database, loadConfig(DatabaseConfig), pools);
    if (budget.fits) log.info(budget.line);
    else log.warn(budget.line);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
