import { escapeIdentifier, escapeLiteral } from 'pg';
import { isVerifierOf, newPassword, scramVerifier } from './passwords.js';
import { LOGIN_NAMES, ROLE_TABLE, type LoginName, type RoleName, type RoleRow } from './role-table.js';
import type { ServerFacts } from './server.js';
import type { StatementRunner } from './statement-runner.js';

export interface RoleOptions {
  /** Passwords to set. A login without one here gets a random one when it is made, and keeps the one it has otherwise. */
  readonly passwords?: Partial<Record<LoginName, string>>;
  /** Give every login without a password in `passwords` a new random one, also those that exist. */
  readonly rotatePasswords?: boolean;
  /** Send passwords as they are, for the few managed servers that refuse a SCRAM verifier. Statement logs may then show them. */
  readonly plainPasswords?: boolean;
  /** On a sharded database `app_tenant` and `app_admin` may log in. */
  readonly clusterLogins?: boolean;
}

interface RoleState {
  readonly name: string;
  readonly canLogin: boolean;
  readonly inherit: boolean;
  readonly settings: readonly string[] | null;
  readonly superuser: boolean;
  readonly createrole: boolean;
  readonly createdb: boolean;
  readonly replication: boolean;
  readonly bypassrls: boolean;
}

const NAMES: readonly string[] = ROLE_TABLE.map((row) => row.name);

/** Makes the roles that are missing and mends the attributes of those that are there. Returns the passwords it knows. */
export async function makeRoles(runner: StatementRunner, server: ServerFacts, options: RoleOptions): Promise<Partial<Record<LoginName, string>>> {
  const known: Partial<Record<LoginName, string>> = {};
  const states = await readRoles(runner);
  for (const row of ROLE_TABLE) {
    const state = states.get(row.name);
    const password = passwordFor(row, state !== undefined, options);
    if (password !== undefined && isLogin(row.name)) known[row.name] = password;
    if (!state) await createRole(runner, row, password, options);
    else {
      await mendAttributes(runner, row, state, options);
      if (password !== undefined) await setPassword(runner, server, row.name, password, options);
    }
    await mendSettings(runner, row, state, options);
  }
  return known;
}

function isLogin(name: RoleName): name is LoginName {
  return LOGIN_NAMES.some((login) => login === name);
}

function passwordFor(row: RoleRow, exists: boolean, options: RoleOptions): string | undefined {
  if (!isLogin(row.name)) return undefined;
  return options.passwords?.[row.name] ?? (!exists || options.rotatePasswords ? newPassword() : undefined);
}

function mayLogIn(row: RoleRow, options: RoleOptions): boolean {
  return row.login || (options.clusterLogins === true && row.onCluster === 'login');
}

async function readRoles(runner: StatementRunner): Promise<Map<string, RoleState>> {
  const { rows } = await runner.client.query<RoleState>(
    `select rolname as name, rolcanlogin as "canLogin", rolinherit as inherit, rolconfig as settings, rolsuper as superuser,
       rolcreaterole as createrole, rolcreatedb as createdb, rolreplication as replication, rolbypassrls as bypassrls
     from pg_catalog.pg_roles where rolname = any ($1)`,
    [NAMES],
  );
  return new Map(rows.map((row) => [row.name, row]));
}

function passwordLiteral(password: string, options: RoleOptions): string {
  return escapeLiteral(options.plainPasswords ? password : scramVerifier(password));
}

async function createRole(runner: StatementRunner, row: RoleRow, password: string | undefined, options: RoleOptions): Promise<void> {
  const head = `CREATE ROLE ${escapeIdentifier(row.name)} ${mayLogIn(row, options) ? 'LOGIN' : 'NOLOGIN'} NOINHERIT`;
  const purpose = `make the role "${row.name}"`;
  if (password === undefined) await runner.change(head, purpose);
  else await runner.change(`${head} PASSWORD ${passwordLiteral(password, options)}`, purpose, `${head} PASSWORD '…'`);
}

/** Names only the attributes that are wrong: a caller with only CREATEROLE may not even mention the others. */
async function mendAttributes(runner: StatementRunner, row: RoleRow, state: RoleState, options: RoleOptions): Promise<void> {
  const wrong = [
    ...(mayLogIn(row, options) && !state.canLogin ? ['LOGIN'] : []),
    // A cluster's logins stay when the flag is not given again: other machines may be using them.
    ...(!row.login && row.onCluster === undefined && state.canLogin ? ['NOLOGIN'] : []),
    ...(state.inherit ? ['NOINHERIT'] : []),
    ...(state.superuser ? ['NOSUPERUSER'] : []),
    ...(state.createrole ? ['NOCREATEROLE'] : []),
    ...(state.createdb ? ['NOCREATEDB'] : []),
    ...(state.replication ? ['NOREPLICATION'] : []),
    ...(state.bypassrls ? ['NOBYPASSRLS'] : []),
  ];
  if (wrong.length === 0) return;
  await runner.change(`ALTER ROLE ${escapeIdentifier(row.name)} ${wrong.join(' ')}`, `mend the attributes of "${row.name}"`);
}

/** Does nothing where the server already has this password, as far as the caller can see that. */
async function setPassword(runner: StatementRunner, server: ServerFacts, name: RoleName, password: string, options: RoleOptions): Promise<void> {
  if (server.superuser) {
    const { rows } = await runner.client.query<{ stored: string | null }>('select rolpassword as stored from pg_catalog.pg_authid where rolname = $1', [name]);
    if (isVerifierOf(rows[0]?.stored ?? null, password)) return;
  }
  const head = `ALTER ROLE ${escapeIdentifier(name)} PASSWORD`;
  await runner.change(`${head} ${passwordLiteral(password, options)}`, `set the password of "${name}"`, `${head} '…'`);
}

/** Settings that every session of the login starts with. Those of a cluster stay when the flag is not given again. */
async function mendSettings(runner: StatementRunner, row: RoleRow, state: RoleState | undefined, options: RoleOptions): Promise<void> {
  const wanted = {
    ...(row.searchPath === undefined ? {} : { search_path: row.searchPath }),
    ...(options.clusterLogins && row.enters ? { 'citus.propagate_set_commands': 'local' } : {}),
  };
  for (const [setting, value] of Object.entries(wanted)) {
    if (state?.settings?.includes(`${setting}=${value}`)) continue;
    await runner.change(`ALTER ROLE ${escapeIdentifier(row.name)} SET ${setting} = ${escapeLiteral(value)}`, `set ${setting} of "${row.name}"`);
  }
}
