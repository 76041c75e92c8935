import { DatabaseConfig } from '../config/areas/database.config.js';
import { TlsConfig } from '../config/areas/tls.config.js';
import { loadConfig } from '../config/load-config.js';
import { openDatabase, type Database, type TenantActor } from './database.js';
import type { TenantConnection } from './tenant-connection.js';
import type { UnrestrictedConnection } from './unrestricted-connection.js';

let opened: Promise<Database> | null = null;

/** Opens the database that the environment configures. @throws ConfigurationError */
export async function openConfiguredDatabase(applicationName?: string): Promise<Database> {
  const config = loadConfig(DatabaseConfig);
  const { url, privilegedUrl, queueUrl, directUrl } = config;
  return openDatabase({
    urls: { login: url, privileged: privilegedUrl, queue: queueUrl, direct: directUrl },
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
export async function createTenantConnection(orgId: string, options: { readonly actor?: TenantActor; readonly database?: Database } = {}): Promise<TenantConnection> {
  const database = options.database ?? (await processDatabase());
  return database.tenant(orgId, options.actor);
}

/** The connection for recorded work over all organizations, without Nest. @throws ConfigurationError, PoolNotOpenError */
export async function createUnrestrictedConnection(options: { readonly database?: Database } = {}): Promise<UnrestrictedConnection> {
  const database = options.database ?? (await processDatabase());
  return database.unrestricted;
}
