import type { DataSourceOptions } from 'typeorm';
import { parseLoginUrl } from './config/connection-url.js';
import { resolveSsl, type TlsSettings } from './config/tls.js';
import { PlinthNamingStrategy } from './entities/declare/naming-strategy.js';
import { tenancyOf } from './entities/declare/tenancy.js';
import { entities } from './entities/index.js';
import { MIGRATION_TABLE, SCHEMA } from './migrations/journal.js';
import { migrations } from './migrations/index.js';
import { PLINTH, type MigrationTarget } from './migrations/target.js';

export type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/**
 * What every DataSource on this schema shares: entities, migrations, names. Nothing about who connects and where.
 * @throws UndeclaredTenancyError when an entity does not say whose rows it holds.
 */
export function baseDataSourceOptions(): PostgresOptions {
  for (const entity of entities) tenancyOf(entity);
  return {
    type: 'postgres',
    schema: SCHEMA,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: MIGRATION_TABLE,
    migrationsTransactionMode: 'each',
    namingStrategy: new PlinthNamingStrategy(),
    synchronize: false,
    installExtensions: false,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
  };
}

/**
 * Options for a DataSource that migrates: one connection, as the login of `url` (app_owner; for another target, its owner).
 * @throws InvalidSettingError when the URL cannot be used.
 */
export function createOwnerDataSourceOptions(url: string, tls: TlsSettings = {}, migrates: MigrationTarget = PLINTH): PostgresOptions {
  const target = parseLoginUrl(url);
  const ours = migrates.database === PLINTH.database;
  return {
    ...baseDataSourceOptions(),
    ...(ours ? {} : { entities: [] }),
    schema: migrates.schema,
    migrations: [...migrates.migrations],
    migrationsTableName: migrates.journal,
    host: target.host,
    port: target.port,
    database: target.database,
    username: target.user,
    password: target.password,
    ssl: resolveSsl(target, tls),
    poolSize: 1,
    applicationName: 'plinth-migrations',
  };
}
