import { escapeIdentifier } from 'pg';
import { SchemaTakenError } from './errors.js';
import { APP_SCHEMA, ROLE_TABLE } from './role-table.js';
import type { ServerFacts } from './server.js';
import type { StatementRunner } from './statement-runner.js';

const SCHEMA = escapeIdentifier(APP_SCHEMA);
/** Without IN SCHEMA: a default for one schema can only add to the global default, never take from it. */
const CLOSE_NEW_FUNCTIONS = 'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC';
const SCHEMA_USERS = ROLE_TABLE.map(({ name }) => name).filter((name) => name !== 'app_owner');
const openSchemaTo = (name: string): string => `GRANT USAGE ON SCHEMA ${SCHEMA} TO ${escapeIdentifier(name)}`;
const SET_CONFIG = 'pg_catalog.set_config(text, text, boolean)';

/** Makes schema `app`, owned by `app_owner`, usable by every role of the table. Throws `SchemaTakenError` if it is somebody else's. */
export async function makeSchema(runner: StatementRunner): Promise<void> {
  const { rows } = await runner.client.query<{ owner: string }>('select pg_get_userbyid(nspowner) as owner from pg_catalog.pg_namespace where nspname = $1', [
    APP_SCHEMA,
  ]);
  const owner = rows[0]?.owner;
  if (owner === undefined) await runner.change(`CREATE SCHEMA ${SCHEMA} AUTHORIZATION "app_owner"`, 'make the schema "app" in this database');
  else if (owner !== 'app_owner') throw new SchemaTakenError(APP_SCHEMA, owner);

  await runner.quietly('SET LOCAL ROLE "app_owner"', 'become "app_owner"');
  await runner.quietly(CLOSE_NEW_FUNCTIONS, 'close new functions to PUBLIC');
  for (const name of SCHEMA_USERS) await runner.quietly(openSchemaTo(name), `let "${name}" use the schema "app"`);
  await runner.quietly('SET LOCAL ROLE NONE', 'leave "app_owner"');
}

/** What makes the same schema in a database where `app_owner` itself may create it: for scratch databases. */
export function ownerSchemaStatements(): readonly string[] {
  return [`CREATE SCHEMA ${SCHEMA}`, CLOSE_NEW_FUNCTIONS, ...SCHEMA_USERS.map(openSchemaTo)];
}

/**
 * Closes what PostgreSQL leaves open to everybody: ways around row security that only a superuser can close.
 * Returns the names of what stays open, for the threat model of a managed server.
 */
export async function closeToPublic(runner: StatementRunner, server: ServerFacts): Promise<readonly string[]> {
  if (server.superuser || (await ownsPublicSchema(runner))) {
    await runner.quietly('REVOKE CREATE ON SCHEMA public FROM PUBLIC', 'close schema public');
  }
  if (!server.superuser) return ['set_config', 'large objects', 'advisory locks', ...(server.ownsDatabase ? [] : ['temporary tables'])];
  if (await isSetConfigOpen(runner)) {
    // With it one SELECT could name another organization. pg_dump calls it, as the owner.
    await runner.change(`REVOKE EXECUTE ON FUNCTION ${SET_CONFIG} FROM PUBLIC`, 'close set_config');
    await runner.change(`GRANT EXECUTE ON FUNCTION ${SET_CONFIG} TO "app_owner"`, 'open set_config to "app_owner"');
  }
  for (const signature of await openFunctions(runner, LARGE_OBJECTS)) {
    await runner.change(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`, 'close large objects');
  }
  const locks = await openFunctions(runner, ADVISORY_LOCKS);
  if (locks.length > 0) await runner.change(`REVOKE EXECUTE ON FUNCTION ${locks.join(', ')} FROM PUBLIC`, 'close advisory locks');
  for (const role of LOCKING_ROLES) {
    // A role that was dropped and made again lost what it was given when the locks were closed.
    const lacking = await functionsClosedTo(runner, role, ADVISORY_LOCKS);
    if (lacking.length === 0) continue;
    await runner.change(`GRANT EXECUTE ON FUNCTION ${lacking.join(', ')} TO ${escapeIdentifier(role)}`, `open advisory locks to "${role}"`);
  }
  return [];
}

async function ownsPublicSchema(runner: StatementRunner): Promise<boolean> {
  const { rows } = await runner.client.query<{ owns: boolean }>(
    `select pg_has_role(current_user, nspowner, 'USAGE') as owns from pg_catalog.pg_namespace where nspname = 'public'`,
  );
  return rows[0]?.owns ?? false;
}

async function isSetConfigOpen(runner: StatementRunner): Promise<boolean> {
  const { rows } = await runner.client.query<{ open: boolean }>(
    `select has_function_privilege('public', $1, 'EXECUTE') or not has_function_privilege('app_owner', $1, 'EXECUTE') as open`,
    [SET_CONFIG],
  );
  return rows[0]?.open ?? true;
}

/** Large objects know no tenant: what one makes the next can read. */
const LARGE_OBJECTS = '^(lo_.*|loread|lowrite)$';
/** Advisory locks know no tenant either: one statement could hold those of the queue and of migrations, for as long as its session lives. */
const ADVISORY_LOCKS = '^pg_(try_)?advisory_';

/** Migrations and the queue lock; nobody else. */
const LOCKING_ROLES = ['app_owner', 'app_queue'] as const;

/** The built-in functions with such a name that a role may not call. */
async function functionsClosedTo(runner: StatementRunner, role: string, names: string): Promise<readonly string[]> {
  const { rows } = await runner.client.query<{ signature: string }>(
    `select format('pg_catalog.%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) as signature
     from pg_catalog.pg_proc p
     where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ $1 and not has_function_privilege($2, p.oid, 'EXECUTE')
     order by 1`,
    [names, role],
  );
  return rows.map((row) => row.signature);
}

/** The built-in functions with such a name that everybody may call. */
async function openFunctions(runner: StatementRunner, names: string): Promise<readonly string[]> {
  const { rows } = await runner.client.query<{ signature: string }>(
    `select format('pg_catalog.%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) as signature
     from pg_catalog.pg_proc p
     where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ $1
       and exists (
         select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0 and a.privilege_type = 'EXECUTE'
       )
     order by 1`,
    [names],
  );
  return rows.map((row) => row.signature);
}
