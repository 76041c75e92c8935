import { escapeIdentifier } from 'pg';
import { LOGIN_NAMES, ROLE_TABLE } from '../../../roles/role-table.js';
import { chosen } from '../../compare/finding-words.js';
import type { SchemaFact } from '../fact.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { byAdministrator, textOf } from './repair.js';

interface Row {
  readonly database: string;
  readonly grantee: string;
  readonly privilege: string;
  readonly withheld: boolean;
}

const READ = `
  select d.datname as database, coalesce(r.rolname, 'PUBLIC') as grantee, a.privilege_type as privilege, false as withheld
  from pg_catalog.pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
  left join pg_catalog.pg_roles r on r.oid = a.grantee
  where d.datname = current_database() and a.privilege_type in ('CREATE', 'TEMPORARY') and a.grantee <> d.datdba
    and (a.grantee = 0 or r.rolname = any ($1))
  union
  select current_database(), r.rolname, 'CONNECT', true
  from pg_catalog.pg_roles r
  where r.rolname = any ($2) and not has_database_privilege(r.oid, current_database(), 'CONNECT')`;

const NAMES = ROLE_TABLE.map(({ name }) => name);

const CREATE = {
  code: 'DATABASE_CREATE_OPEN',
  driftClass: 'security',
  explain: 'Who has CREATE on the database can make schemas in it, and tables and functions in those.',
} as const;
const TEMPORARY = {
  code: 'DATABASE_TEMPORARY_OPEN',
  driftClass: 'security',
  explain:
    'A temporary table or function outlives the transaction that a tenant made it in, and waits on the pooled connection for the next. Only the database’s owner can close it.',
} as const;

/** What app_owner may do besides, no service can use. */
const words = chosen(
  {
    create: { ...CREATE, severity: 'warning' },
    createOfOwner: { ...CREATE, severity: 'info' },
    temporary: { ...TEMPORARY, severity: 'warning' },
    temporaryOfOwner: { ...TEMPORARY, severity: 'info' },
  },
  ({ fact: { attributes } }) => {
    const isOwner = attributes['grantee'] === 'app_owner';
    if (attributes['privilege'] === 'CREATE') return isOwner ? 'createOfOwner' : 'create';
    return isOwner ? 'temporaryOfOwner' : 'temporary';
  },
);

/**
 * Rights on the database itself that differ from what a bootstrap leaves: nobody of ours and not PUBLIC may make temporary things or
 * schemas, and each login may connect. CONNECT for PUBLIC is open, and may be closed. Facts only of what differs.
 */
export const databaseGrant: OwnFactKind = {
  name: 'database-grant',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [NAMES, LOGIN_NAMES]);
    return rows.map(factOf);
  },
  expected: () => [],
  repairs: {
    'database-grant.extra': ({ fact }) => [change(fact, 'REVOKE', 'FROM')],
    'database-grant-withheld.extra': ({ fact }) => [change(fact, 'GRANT', 'TO')],
  },
  findings: {
    'database-grant.extra': words,
    'database-grant-withheld.extra': {
      code: 'DATABASE_CONNECT_WITHHELD',
      driftClass: 'performance',
      severity: 'error',
      explain: 'The login may not connect to the database: its services do not start.',
    },
  },
};

function factOf({ database, grantee, privilege, withheld }: Row): SchemaFact {
  const kind = withheld ? 'database-grant-withheld' : 'database-grant';
  return { key: keyOf(kind, grantee, privilege), kind, name: `${privilege} to ${grantee}`, attributes: { database, grantee, privilege } };
}

function change({ attributes }: SchemaFact, verb: string, link: string): ReturnType<typeof byAdministrator> {
  const grantee = textOf(attributes['grantee']);
  const role = grantee === 'PUBLIC' ? grantee : escapeIdentifier(grantee);
  return byAdministrator(`${verb} ${textOf(attributes['privilege'])} ON DATABASE ${escapeIdentifier(textOf(attributes['database']))} ${link} ${role}`);
}
