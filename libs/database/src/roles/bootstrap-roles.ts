import type { ClientBase } from 'pg';
import { sqlStateOf } from '../errors.js';
import { grantOnDatabase } from './database-grants.js';
import { WrongDatabaseError } from './errors.js';
import { asMemberOfOwner, makeMemberships } from './membership-steps.js';
import { makeRoles, type RoleOptions } from './role-steps.js';
import type { LoginName } from './role-table.js';
import { closeToPublic, makeSchema } from './schema-steps.js';
import { readServerFacts } from './server.js';
import { StatementRunner } from './statement-runner.js';

export interface BootstrapOptions extends RoleOptions {
  /** The database to prepare; `adminClient` is connected to it. */
  readonly database: string;
}

export interface BootstrapResult {
  /** The passwords that were given or made in this run. A login that kept its own is absent. */
  readonly passwords: Readonly<Partial<Record<LoginName, string>>>;
  /** The statements that changed something, without secrets; empty when all was as it should be. */
  readonly changes: readonly string[];
  /** What stays open to everybody on this server, because only a superuser could close it. */
  readonly leftOpen: readonly string[];
}

/** Any number; the same in every process. The lock is per database, so that runs on two databases may still meet. */
const LOCK_KEY = 4_718_402_551;

/** unique_violation, duplicate_object, deadlock_detected, serialization_failure, and XX000 for "tuple concurrently updated". */
const LOST_RACE = new Set(['23505', '42710', '40P01', '40001', 'XX000']);
const ATTEMPTS = 8;

/**
 * Makes the roles, the schema `app` and their rights in one transaction: all of it or nothing. Run it as often as you
 * like, also from several processes at once; a second run finds nothing to change. Needs PostgreSQL 15 to 18 and a caller
 * that is superuser, or has CREATEROLE and owns the database.
 *
 * @throws RoleBootstrapDeniedError, WrongDatabaseError, SchemaTakenError, UnsupportedServerError
 */
export async function bootstrapRoles(adminClient: ClientBase, options: BootstrapOptions): Promise<BootstrapResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptBootstrap(adminClient, options);
    } catch (error) {
      // Roles belong to the cluster, and no lock of ours spans its databases: look again at what the other one left.
      if (attempt >= ATTEMPTS || !LOST_RACE.has(sqlStateOf(error) ?? '')) throw error;
    }
  }
}

async function attemptBootstrap(client: ClientBase, options: BootstrapOptions): Promise<BootstrapResult> {
  await client.query('BEGIN');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    const server = await readServerFacts(client);
    if (server.database !== options.database) throw new WrongDatabaseError(options.database, server.database);
    const runner = new StatementRunner(client, server.caller);
    const passwords = await makeRoles(runner, server, options);
    await makeMemberships(runner, server);
    await grantOnDatabase(runner, server);
    await asMemberOfOwner(runner, server, () => makeSchema(runner));
    const leftOpen = await closeToPublic(runner, server);
    await client.query('COMMIT');
    return { passwords, changes: runner.changes, leftOpen };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
