import type { DataSourceOptions } from 'typeorm';
import { parseLoginUrl } from './config/connection-url.js';
import { resolveSsl, type TlsSettings } from './config/tls.js';
import { PlinthNamingStrategy } from './entities/declare/naming-strategy.js';
import { tenancyOf } from './entities/declare/tenancy.js';
import { entities } from './entities/index.js';
import { MIGRATION_TABLE, SCHEMA } from './migrations/journal.js';
import { migrations } from './migrations/index.js';

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
    migrationsTransactionMode: 'all',
    namingStrategy: new PlinthNamingStrategy(),
    synchronize: false,
    installExtensions: false,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
  };
}

/**
 * Options for a DataSource that migrates: one connection, as the login of `url` (app_owner).
 * @throws InvalidSettingError when the URL cannot be used.
 */
export function createOwnerDataSourceOptions(url: string, tls: TlsSettings = {}): PostgresOptions {
  const target = parseLoginUrl(url);
  return {
    ...baseDataSourceOptions(),
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
