import pg from 'pg';
import { connectionOptions, parseLoginUrl } from '../config/connection-url.js';
import type { TlsSettings } from '../config/tls.js';
import { sqlStateOf } from '../errors.js';
import { bootstrapRoles, type BootstrapResult } from './bootstrap-roles.js';
import { withLogin } from './login-url.js';
import type { RoleOptions } from './role-steps.js';

export interface PrepareDatabaseOptions extends RoleOptions {
  /** Made where it does not exist. Default: the database that the URL names. */
  readonly database?: string;
  readonly tls?: TlsSettings;
}

export interface PreparedDatabase extends BootstrapResult {
  readonly database: string;
  /** Whether this run made the database. */
  readonly created: boolean;
}

const NO_SUCH_DATABASE = '3D000';
/** duplicate_database, and unique_violation where another process made it at the same moment. */
const MADE_BY_ANOTHER = new Set(['42P04', '23505']);
const MAINTENANCE_DATABASE = 'postgres';

/**
 * Makes the database, if there is none of that name, and in it the roles and the schema. Connects by itself.
 * @param adminUrl logs in as a superuser, or as a role with CREATEROLE that owns the database or has CREATEDB
 * @throws InvalidSettingError, what `bootstrapRoles` throws, and what PostgreSQL answers
 */
export async function prepareDatabase(adminUrl: string, options: PrepareDatabaseOptions = {}): Promise<PreparedDatabase> {
  const database = options.database ?? parseLoginUrl(adminUrl).database;
  const url = withLogin(adminUrl, { database });
  const created = !(await exists(url, options.tls)) && (await create(adminUrl, database, options.tls));
  const result = await withClient(url, options.tls, (client) => bootstrapRoles(client, { ...options, database }));
  return { ...result, database, created };
}

async function exists(url: string, tls: TlsSettings | undefined): Promise<boolean> {
  try {
    await withClient(url, tls, () => Promise.resolve());
    return true;
  } catch (error) {
    if (sqlStateOf(error) === NO_SUCH_DATABASE) return false;
    throw error;
  }
}

async function create(adminUrl: string, database: string, tls: TlsSettings | undefined): Promise<boolean> {
  const own = parseLoginUrl(adminUrl).database;
  const from = own === database ? MAINTENANCE_DATABASE : own;
  try {
    await withClient(withLogin(adminUrl, { database: from }), tls, (client) => client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`));
    return true;
  } catch (error) {
    if (MADE_BY_ANOTHER.has(sqlStateOf(error) ?? '')) return false;
    throw error;
  }
}

async function withClient<T>(url: string, tls: TlsSettings | undefined, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionOptions(url, tls, { application_name: 'plinth-roles' }));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
