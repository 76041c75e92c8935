import { escapeIdentifier } from 'pg';
import type { DoctorCheck } from '../check.js';
import { reachedLogins, type DoctorContext } from '../context.js';
import { ok, sql, warning, wrong, type Diagnosis } from '../diagnosis.js';
import type { ReachedLogin } from '../logins/login.js';

interface Rights {
  readonly createDatabase: boolean;
  readonly createRole: boolean;
  readonly superuser: boolean;
}

const RIGHTS = `select rolsuper or rolcreatedb as "createDatabase", rolsuper or rolcreaterole as "createRole", rolsuper as superuser
  from pg_catalog.pg_roles where rolname = session_user`;

/** The logins of the schema's tools can do what they are for. Nothing is made to find out. */
export const toolLoginsCheck: DoctorCheck = {
  name: 'tool-logins',
  async look(context) {
    const found = await Promise.all([
      ...reachedLogins(context, 'scratch').map((login) => scratch(login)),
      ...reachedLogins(context, 'administrator').map((login) => administrator(login)),
    ]);
    return [...found, ...absent(context)];
  },
};

function absent({ logins }: DoctorContext): Diagnosis[] {
  if (logins.some(({ use }) => use === 'scratch')) return [];
  return [ok('DATABASE_SCRATCH_URL', 'is not set: schema:check compares with the committed snapshot, and schema:fix repairs nothing')];
}

async function scratch({ variable, client, facts }: ReachedLogin): Promise<Diagnosis> {
  if ((await rightsOf(client)).createDatabase) return ok(variable, `"${facts.role}" may create databases`);
  const says = `"${facts.role}" may not create databases, so that nothing can be compared with the migrations, and nothing rehearsed.`;
  return wrong(variable, says, sql(facts.identity.name, `ALTER ROLE ${escapeIdentifier(facts.role)} CREATEDB`));
}

async function administrator({ variable, client, facts }: ReachedLogin): Promise<Diagnosis> {
  const { superuser, createRole } = await rightsOf(client);
  if (superuser) return ok(variable, `"${facts.role}" is a superuser`);
  if (createRole) return ok(variable, `"${facts.role}" has CREATEROLE: it mends the roles that it made, and closes no built-in function`);
  const says = `"${facts.role}" is no administrator: it can mend neither roles nor settings.`;
  return warning(variable, says, sql(facts.identity.name, `ALTER ROLE ${escapeIdentifier(facts.role)} CREATEROLE`));
}

async function rightsOf(client: ReachedLogin['client']): Promise<Rights> {
  const { rows } = await client.query<Rights>(RIGHTS);
  return rows[0] ?? { createDatabase: false, createRole: false, superuser: false };
}
