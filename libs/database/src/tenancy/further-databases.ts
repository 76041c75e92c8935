import { TlsConfig } from '../config/areas/tls.config.js';
import { connectionOptions } from '../config/connection-url.js';
import type { Environment } from '../config/environment.js';
import { loadConfig } from '../config/load-config.js';
import { requiredUrl } from '../config/required-url.js';
import { ConnectionPool, refuseNativeDriver } from './driver/pool.js';
import { UnknownDatabaseError } from './errors.js';
import { PlainConnection } from './plain-connection.js';
import { DEFAULT_SETTINGS } from './settings.js';

const pools = new Map<string, ConnectionPool>();

/**
 * A database of another application, configured by `DATABASES_<NAME>_URL`. It has a small pool of its own and no
 * tenancy: what it holds is not this schema's. Names compare without case.
 * @throws UnknownDatabaseError that lists the names there are, ConfigurationError for a URL that cannot be used
 */
export function getDatabaseConnection(name: string, env: Environment = process.env): PlainConnection {
  const variable = variableOf(name);
  if (!env[variable]?.trim()) throw new UnknownDatabaseError(name, variable, knownNames(env));
  const url = requiredUrl(variable, env);
  const pool = pools.get(url) ?? openPool(name, url, env);
  return new PlainConnection(pool);
}

/** Closes the pools of all further databases. */
export async function closeFurtherDatabases(): Promise<void> {
  const open = [...pools.values()];
  pools.clear();
  await Promise.all(open.map((pool) => pool.close()));
}

function openPool(name: string, url: string, env: Environment): ConnectionPool {
  refuseNativeDriver();
  const { acquireTimeoutMs, connectTimeoutMs, statementTimeoutMs } = DEFAULT_SETTINGS;
  const pool = new ConnectionPool({
    name,
    variable: variableOf(name),
    size: SMALL_POOL,
    connection: connectionOptions(url, loadConfig(TlsConfig, env), { statement_timeout: statementTimeoutMs }),
    acquireTimeoutMs,
    connectTimeoutMs,
    nameCapacity: 0,
  });
  pools.set(url, pool);
  return pool;
}

const SMALL_POOL = 3;

function variableOf(name: string): `DATABASES_${string}_URL` {
  return `DATABASES_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_URL`;
}

function knownNames(env: Environment): string[] {
  // DATABASES_<NAME>_OWNER_URL is who migrates it, and no database of its own.
  return Object.keys(env).flatMap((variable) => /^DATABASES_(.+)(?<!_OWNER)_URL$/.exec(variable)?.[1]?.toLowerCase() ?? []);
}
