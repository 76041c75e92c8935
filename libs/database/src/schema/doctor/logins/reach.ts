import pg, { type ClientConfig } from 'pg';
import { connectionOptions, isSocket } from '../../../config/connection-url.js';
import { maskPasswords } from '../../../config/masking.js';
import type { TlsSettings } from '../../../config/tls.js';
import { explainUnreachable } from '../../../config/unreachable.js';
import { sqlStateOf } from '../../../errors.js';
import { readDatabaseIdentity } from '../../backup/database-identity.js';
import { makeRoles, setting, type Mend } from '../diagnosis.js';
import type { DeclaredLogin, Login, ReachedLogin, ServerFacts } from './login.js';

const ROUNDS = 3;
const CLOSE_WITHIN_MS = 1_000;

/** Nobody answered, or nothing could be asked; everything else is an answer. */
const NO_ANSWER = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT', 'EPIPE']);

const FACTS = `
  select current_setting('server_version_num')::int as "versionNumber", current_setting('server_version') as version, session_user::text as role,
    (select rolsuper from pg_catalog.pg_roles where rolname = session_user) as superuser, pg_is_in_recovery() as standby,
    extract(epoch from pg_postmaster_start_time())::text as started,
    (select jsonb_build_object('version', version, 'cipher', cipher) from pg_catalog.pg_stat_ssl where pid = pg_backend_pid() and ssl) as tls`;

/**
 * Opens one connection and asks who is there. No setting travels with it: a pooler refuses those it does not know.
 * @param timeoutMs for connecting, and for each statement afterwards
 */
export async function reach(login: DeclaredLogin, tls: TlsSettings, timeoutMs: number): Promise<Login> {
  const connection: ClientConfig = {
    ...connectionOptions(login.url, tls),
    application_name: 'plinth-doctor',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  };
  const client = new pg.Client(connection);
  // A session that is lost is told by the next statement.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return {
      ...login,
      state: 'reached',
      client,
      connection,
      facts: await readFacts(client),
      roundTripMs: await roundTrip(client),
      encryption: encryptionOf(connection),
    };
  } catch (error) {
    await close(client);
    const mend = mendOf(login, connection, error);
    // The variable stands before what is said.
    const reason = maskPasswords(explainUnreachable(login.variable, connection, error)).replace(`${login.variable}: `, '');
    return { ...login, state: hasAnswered(error) ? 'refused' : 'unreached', reason, ...(mend === undefined ? {} : { mend }) };
  }
}

/** Ends the session, or just the connection where nobody answers any more. */
export async function close(client: pg.Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_WITHIN_MS);
  });
  await Promise.race([client.end().catch(() => undefined), late]);
  clearTimeout(timer);
}

async function readFacts(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<Omit<ServerFacts, 'identity'>>(FACTS);
  const [facts] = rows;
  if (facts === undefined) throw new TypeError('PostgreSQL did not say who it is');
  return { ...facts, identity: await readDatabaseIdentity(client) };
}

async function roundTrip(client: pg.Client): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const sent = performance.now();
    await client.query('select');
    times.push(performance.now() - sent);
  }
  return Math.min(...times);
}

function encryptionOf({ host = '', ssl }: ClientConfig): ReachedLogin['encryption'] {
  if (isSocket({ host })) return 'socket';
  if (ssl === undefined || typeof ssl === 'boolean') return 'plain';
  return ssl.rejectUnauthorized === false ? 'unproven' : 'verified';
}

function hasAnswered(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return true;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  // The driver's time limits, and a connection that is cut (also before TLS stands), come without a code.
  const message = error instanceof Error ? error.message : '';
  return !NO_ANSWER.has(code) && !/timeout|terminated unexpectedly|establishing an SSL connection/i.test(message);
}

const ROLE_OF: Readonly<Record<string, string>> = {
  login: 'app_login',
  privileged: 'app_privileged',
  queue: 'app_queue',
  owner: 'app_owner',
  direct: 'app_owner',
};

function mendOf({ variable, use }: DeclaredLogin, connection: ClientConfig, error: unknown): Mend | undefined {
  const state = sqlStateOf(error);
  if (state === '28P01' || state === '28000') {
    const { user = '' } = connection;
    if (ROLE_OF[use] !== user) return setting(`${variable}: give "${user}" its password, or name another login`);
    return makeRoles(connection, ' --rotate-passwords');
  }
  if (state === '3D000') return use === 'further' ? setting(`${variable}: name a database that is there`) : makeRoles(connection);
  return undefined;
}
