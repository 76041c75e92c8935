import { DatabaseConfig } from '../config/areas/database.config.js';
import { TlsConfig } from '../config/areas/tls.config.js';
import type { PoolName } from '../config/connection-budget.js';
import { loadConfig } from '../config/load-config.js';
import { requiredUrl, type LoginUrlVariable } from '../config/required-url.js';
import { openDatabase, type Database, type TenantActor } from './database.js';
import type { TenantConnection } from './tenant-connection.js';
import type { UnrestrictedConnection } from './unrestricted-connection.js';

let opened: Promise<Database> | null = null;

/**
 * Opens the database that the environment configures.
 * @param pools which pools; a pool named here must have its URL. Without it, those whose URL is set.
 * @throws ConfigurationError
 */
export async function openConfiguredDatabase(options: { readonly applicationName?: string; readonly pools?: readonly PoolName[] } = {}): Promise<Database> {
  const { applicationName, pools } = options;
  const config = loadConfig(DatabaseConfig);
  const urlOf = (pool: PoolName, url: string | undefined, variable: LoginUrlVariable): string | undefined => {
    if (pools === undefined) return url;
    return pools.includes(pool) ? (url ?? requiredUrl(variable)) : undefined;
  };
  return openDatabase({
    urls: {
      login: config.url,
      privileged: urlOf('privileged', config.privilegedUrl, 'DATABASE_PRIVILEGED_URL'),
      queue: urlOf('queue', config.queueUrl, 'DATABASE_QUEUE_URL'),
      direct: config.directUrl,
    },
    tls: loadConfig(TlsConfig),
    settings: config,
    applicationName,
  });
}

/** The database of scripts and consoles: opened from the environment on first use, one for the process. @throws ConfigurationError */
export function processDatabase(): Promise<Database> {
  opened ??= openConfiguredDatabase().catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** Closes what createTenantConnection and its like have opened; a script ends with it. */
export async function closeProcessDatabase(): Promise<void> {
  const database = opened;
  opened = null;
  await (await database?.catch(() => null))?.close();
}

/**
 * A connection to the rows of one organization without Nest: for scripts, consoles and tests.
 * @throws InvalidOrganizationIdError, ConfigurationError
 */
export async function createTenantConnection(
  orgId: string,
  options: { readonly actor?: TenantActor; readonly database?: Database } = {},
): Promise<TenantConnection> {
  const database = options.database ?? (await processDatabase());
  return database.tenant(orgId, options.actor);
}

/** The connection for recorded work over all organizations, without Nest. @throws ConfigurationError, PoolNotOpenError */
export async function createUnrestrictedConnection(options: { readonly database?: Database } = {}): Promise<UnrestrictedConnection> {
  const database = options.database ?? (await processDatabase());
  return database.unrestricted;
}
