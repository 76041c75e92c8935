import { escapeIdentifier } from 'pg';
import { ROLE_TABLE, type RoleRow } from '../../../roles/role-table.js';
import type { FindingWords } from '../../compare/finding-words.js';
import type { SchemaFact } from '../fact.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { byAdministrator, whenChanged, type Repair } from './repair.js';

interface Row {
  readonly name: string;
  readonly login: boolean;
  readonly superuser: boolean;
  readonly bypassRls: boolean;
  readonly createRole: boolean;
  readonly createDb: boolean;
  readonly replication: boolean;
  readonly inherit: boolean;
  readonly connectionLimit: number;
  readonly validUntil: string | null;
}

/** The mark of a bootstrap for a sharded database: there `app_tenant` and `app_admin` log in. */
const READ = `
  with cluster as (select exists (select from pg_catalog.pg_roles where rolname = 'app_login' and rolconfig::text like '%citus.propagate\\_set\\_commands%') as is)
  select rolname as name, rolcanlogin and not (cluster.is and rolname = any ($2)) as login, rolsuper as superuser, rolbypassrls as "bypassRls",
    rolcreaterole as "createRole", rolcreatedb as "createDb", rolreplication as replication, rolinherit as inherit, rolconnlimit as "connectionLimit",
    case when rolvaliduntil <> 'infinity' then to_char(rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end as "validUntil"
  from pg_catalog.pg_roles, cluster
  where rolname = any ($1)`;

const NAMES = ROLE_TABLE.map(({ name }) => name);
const CLUSTER_LOGINS = ROLE_TABLE.filter(({ onCluster }) => onCluster === 'login').map(({ name }) => name);

/** Attributes of our roles. They belong to the server, and should be as roles/role-table.ts says. Passwords are seen by nobody. */
export const role: OwnFactKind = {
  name: 'role',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [NAMES, CLUSTER_LOGINS]);
    return rows.map(({ name, ...attributes }) => ({ key: keyOf('role', name), kind: 'role', name, attributes }));
  },
  expected: () => ROLE_TABLE.map(factOf),
  repairs: {
    'role.login': flag('LOGIN'),
    'role.superuser': flag('SUPERUSER'),
    'role.bypassRls': flag('BYPASSRLS'),
    'role.createRole': flag('CREATEROLE'),
    'role.createDb': flag('CREATEDB'),
    'role.replication': flag('REPLICATION'),
    'role.inherit': flag('INHERIT'),
    'role.connectionLimit': whenChanged(({ fact, expected }) => [alter(fact, `CONNECTION LIMIT ${Number(expected)}`)]),
    'role.validUntil': whenChanged(({ fact }) => [alter(fact, `VALID UNTIL 'infinity'`)]),
  },
  findings: {
    'role.missing': {
      code: 'ROLE_MISSING',
      driftClass: 'security',
      severity: 'error',
      explain: 'A role that grants and policies name is not there. Run npm run db:roles: it makes the role and its password.',
    },
    'role.login': words(
      'LOGIN',
      'error',
      'Who may log in as a role has its rights without entering an organization. A login that may not log in stops its services.',
    ),
    'role.superuser': words('SUPERUSER', 'error', 'No policy and no grant binds a superuser.'),
    'role.bypassRls': words('BYPASSRLS', 'error', 'No policy binds the role: it sees rows of every tenant.'),
    'role.createRole': words('CREATEROLE', 'error', 'The role can make roles and give itself those of others.'),
    'role.createDb': words('CREATEDB', 'warning', 'The role can make databases, which nobody watches.'),
    'role.replication': words('REPLICATION', 'error', 'The role can read the whole server as a replica, past every policy.'),
    'role.inherit': words('INHERIT', 'error', 'The role has the rights of those it may become without becoming them, and so outside of any organization.'),
    'role.connectionLimit': {
      code: 'ROLE_CONNECTION_LIMIT_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'The role may open only so many connections: pools that want more wait or fail.',
    },
    'role.validUntil': {
      code: 'ROLE_VALID_UNTIL_CHANGED',
      driftClass: 'performance',
      severity: 'warning',
      explain: 'The password ends at that time: from then on the services of this login cannot connect.',
    },
  },
};

function factOf({ name, login }: RoleRow): SchemaFact {
  const none = { superuser: false, bypassRls: false, createRole: false, createDb: false, replication: false, inherit: false };
  return { key: keyOf('role', name), kind: 'role', name, attributes: { login, ...none, connectionLimit: -1, validUntil: null } };
}

function flag(name: string): Repair {
  return whenChanged(({ fact, expected }) => [alter(fact, expected === true ? name : `NO${name}`)]);
}

function alter(fact: SchemaFact, what: string): ReturnType<typeof byAdministrator> {
  return byAdministrator(`ALTER ROLE ${escapeIdentifier(fact.name)} ${what}`);
}

function words(attribute: string, severity: FindingWords['severity'], explain: string): FindingWords {
  return { code: `ROLE_${attribute}_CHANGED`, driftClass: 'security', severity, explain };
}
