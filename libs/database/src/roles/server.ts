import type { ClientBase } from 'pg';
import { UnsupportedServerError } from './errors.js';

/** Facts about the server and about who is connected to it. */
export interface ServerFacts {
  /** The major version, 15 to 18 (or newer). */
  readonly major: number;
  readonly database: string;
  readonly caller: string;
  readonly superuser: boolean;
  /** May change the database itself: its owner, a member of its owner, or a superuser. */
  readonly ownsDatabase: boolean;
}

const OLDEST_MAJOR = 15;

/** Reads the facts. Throws `UnsupportedServerError` below PostgreSQL 15. */
export async function readServerFacts(client: ClientBase): Promise<ServerFacts> {
  const { rows } = await client.query<{
    number: number;
    version: string;
    database: string;
    caller: string;
    superuser: boolean;
    owns: boolean;
  }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
       current_database() as database, current_user as caller, r.rolsuper as superuser,
       pg_has_role(current_user, d.datdba, 'USAGE') as owns
     from pg_catalog.pg_roles r, pg_catalog.pg_database d
     where r.rolname = current_user and d.datname = current_database()`,
  );
  const row = rows[0];
  if (!row) throw new UnsupportedServerError('unknown');
  const major = Math.floor(row.number / 10_000);
  if (major < OLDEST_MAJOR) throw new UnsupportedServerError(row.version);
  return { major, database: row.database, caller: row.caller, superuser: row.superuser, ownsDatabase: row.owns };
}
