import { randomBytes } from 'node:crypto';
import pg, { type Client, type ClientConfig } from 'pg';
import { connectionOptions, parseLoginUrl } from '../../config/connection-url.js';
import type { TlsSettings } from '../../config/tls.js';
import { sqlStateOf } from '../../errors.js';
import { withLogin } from '../../roles/login-url.js';
import { STEADY_SESSION } from './steady-session.js';
import { ownerSchemaStatements } from '../../roles/schema-steps.js';

export interface ScratchServer {
  /** Logs in to the server and may create databases. */
  readonly scratchUrl: string;
  /** app_owner's login on the same server; the database it names is not touched. */
  readonly ownerUrl: string;
  readonly tls?: TlsSettings;
}

/** A database for one piece of work, with the empty schema `app` of app_owner in it: as `db:roles` leaves one. */
export interface ScratchDatabase {
  readonly name: string;
  /** As app_owner. */
  readonly url: string;
  readonly connection: ClientConfig;
  /** Runs statements one by one as app_owner, each its own transaction. */
  run(statements: readonly string[]): Promise<void>;
}

const PREFIX = 'plinth_scratch_';
/** Nothing but names that we give: the time, and eight hexadecimal digits. */
const MADE_AT = new RegExp(`^${PREFIX}(\\d{13})_[0-9a-f]{8}$`);
/** Older ones were left behind by a process that was killed. */
const ABANDONED_AFTER_MS = 3_600_000;
const OBJECT_IN_USE = '55006';

/**
 * Makes a database on the same server, does `work` in it and drops it, whatever happens. Its name tells when it was made, so that
 * what a killed process left is dropped by a later one.
 * @throws what `work` throws, and what PostgreSQL says where the login may not create databases (42501)
 */
export async function withScratchDatabase<T>(server: ScratchServer, work: (database: ScratchDatabase) => Promise<T>): Promise<T> {
  const name = `${PREFIX}${Date.now()}_${randomBytes(4).toString('hex')}`;
  return withClient({ ...connectionOptions(server.scratchUrl, server.tls), options: STEADY_SESSION }, async (admin) => {
    await dropAbandoned(admin);
    // template0: what somebody put into template1 is not ours.
    await admin.query(`create database ${name} template template0`);
    try {
      await openToOwner(server, name);
      const connection = { ...connectionOptions(server.ownerUrl, server.tls), database: name, options: STEADY_SESSION };
      const run = (statements: readonly string[]): Promise<void> => withClient(connection, (owner) => runAll(owner, statements));
      await run(ownerSchemaStatements());
      return await work({ name, url: withLogin(server.ownerUrl, { database: name }), connection, run });
    } finally {
      await dropDone(admin, name);
    }
  });
}

/**
 * PostgreSQL waits some seconds for sessions that are just ending. Only where one does not end it is ended, which takes more rights than a
 * login that may create databases has.
 */
async function dropDone(admin: Client, name: string): Promise<void> {
  try {
    await admin.query(`drop database if exists ${name}`);
  } catch (error) {
    if (sqlStateOf(error) !== OBJECT_IN_USE) throw error;
    await admin.query(`drop database if exists ${name} with (force)`);
  }
}

async function openToOwner({ scratchUrl, ownerUrl, tls }: ScratchServer, name: string): Promise<void> {
  const owner = pg.escapeIdentifier(parseLoginUrl(ownerUrl).user ?? '');
  await withClient({ ...connectionOptions(scratchUrl, tls), database: name, options: STEADY_SESSION }, async (admin) => {
    await admin.query(`grant connect, create on database ${name} to ${owner}`);
    await admin.query(`revoke temporary on database ${name} from public`);
  });
}

async function runAll(client: Client, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
}

/** Those in which somebody is at work stay, however old they are. */
async function dropAbandoned(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select datname as name from pg_catalog.pg_database d where datname like $1 and pg_has_role(datdba, 'USAGE')
       and not exists (select from pg_catalog.pg_stat_activity a where a.datid = d.oid)`,
    [`${PREFIX.replaceAll('_', '\\_')}%`],
  );
  for (const { name } of rows) {
    const made = MADE_AT.exec(name)?.[1];
    if (made !== undefined && Date.now() - Number(made) > ABANDONED_AFTER_MS) await dropQuietly(admin, name);
  }
}

/** Clearing up after others is no reason to fail: somebody may be faster, or have come in just now. The next process tries again. */
async function dropQuietly(admin: Client, name: string): Promise<void> {
  try {
    await admin.query(`drop database if exists ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
  }
}

/** One connection for one piece of work. */
export async function withClient<T>(connection: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ application_name: 'plinth-schema', ...connection });
  // A session that is lost between two statements must not end the process: the next statement fails by itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
