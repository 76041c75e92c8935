import { escapeIdentifier } from 'pg';
import { NoBoundaryError, SharedLoginError } from './boot/errors.js';
import { GUARDED_LOGINS, type GuardedLogin } from './boot/guarded-logins.js';
import { readLoginFacts } from './boot/login-facts.js';
import { LOGIN_RULES, type LoginRule } from './boot/login-rules.js';
import type { Queryable } from './boot/queryable.js';

/**
 * Refuses to go on with a login that can do more, or less, than its row in the role table. One statement, a few
 * milliseconds; run it once per pool at start.
 * @param client a connection of that pool, or the pool
 * @throws a subclass of `UnsafeLoginError`: the first rule that is broken, with the statement that mends it
 */
export async function assertWeakLogin(client: Queryable, which: GuardedLogin, rules: readonly LoginRule[] = LOGIN_RULES): Promise<void> {
  const row = GUARDED_LOGINS[which];
  const facts = await readLoginFacts(client, row.mayBecome);
  for (const rule of rules) {
    const breach = rule.find(facts, row);
    if (breach) throw new rule.error({ variable: row.variable, login: facts.login, ...breach });
  }
}

const GUARDED = ['login', 'privileged', 'queue'] as const satisfies readonly GuardedLogin[];

type Clients = Readonly<Partial<Record<GuardedLogin, Queryable>>>;

/**
 * Refuses two variables that log in as the same role. Look at this before the single logins: one that serves two purposes breaks the
 * row of one of them, and mending that would break the other.
 * @throws SharedLoginError
 */
export async function assertSeparateLogins(clients: Clients): Promise<void> {
  const variables = new Map<string, string[]>();
  for (const which of GUARDED) {
    const { rows } = (await clients[which]?.query<{ login: string }>('select session_user::text as login')) ?? { rows: [] };
    for (const { login } of rows) variables.set(login, [...(variables.get(login) ?? []), GUARDED_LOGINS[which].variable]);
  }
  for (const [login, names] of variables) if (names.length > 1) throw new SharedLoginError(login, names);
}

/**
 * Refuses a set of logins between which there is no boundary: two that are the same role, or one that can become the
 * tenant role and also a role that sees every organization.
 * @throws SharedLoginError, NoBoundaryError
 */
export async function assertOneBoundary(clients: Clients): Promise<void> {
  await assertSeparateLogins(clients);
  for (const which of GUARDED) {
    const client = clients[which];
    if (!client) continue;
    const { login, tenant, beyond } = await readSides(client);
    if (!tenant || beyond === null) continue;
    throw new NoBoundaryError({
      variable: GUARDED_LOGINS[which].variable,
      login,
      finding: `can become both "app_tenant" and "${beyond}": one statement would lead from one organization to all of them`,
      mend: `REVOKE ${escapeIdentifier(which === 'privileged' ? 'app_tenant' : beyond)} FROM ${escapeIdentifier(login)}`,
    });
  }
}

async function readSides(client: Queryable): Promise<{ login: string; tenant: boolean; beyond: string | null }> {
  const { rows } = await client.query<{ login: string; tenant: boolean; beyond: string | null }>(
    `select session_user::text as login,
       coalesce(bool_or(rolname = 'app_tenant'), false) as tenant,
       min(rolname::text) filter (where rolname <> 'app_tenant') as beyond
     from pg_catalog.pg_roles
     where rolname in ('app_tenant', 'app_auth', 'app_admin', 'app_owner') and pg_has_role(session_user, oid, 'MEMBER')`,
  );
  const row = rows[0];
  if (!row) throw new TypeError('PostgreSQL did not say who is logged in');
  return row;
}
