import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { ROLE_TABLE } from '../../../roles/role-table.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { byAdministrator, textOf } from './repair.js';

interface Row {
  readonly schema: string;
  readonly grantee: string;
}

const READ = `
  select n.nspname as schema, coalesce(r.rolname, 'PUBLIC') as grantee
  from pg_catalog.pg_namespace n, aclexplode(n.nspacl) a
  left join pg_catalog.pg_roles r on r.oid = a.grantee
  where n.nspname <> $1 and n.nspname !~ '^pg_(toast|temp)' and a.privilege_type = 'CREATE' and a.grantee <> n.nspowner
    and (a.grantee = 0 or r.rolname = any ($2))`;

const NAMES = ROLE_TABLE.map(({ name }) => name).filter((name) => name !== 'app_owner');

/** Schemas beside ours in which PUBLIC or one of our roles may make things: `public` was open to everybody before PostgreSQL 15. */
export const schemaGrant: OwnFactKind = {
  name: 'schema-grant',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA, NAMES]);
    return rows.map(({ schema, grantee }) => ({
      key: keyOf('schema-grant', schema, grantee),
      kind: 'schema-grant',
      name: `CREATE in ${schema} to ${grantee}`,
      attributes: { schema, grantee },
    }));
  },
  expected: () => [],
  repairs: {
    'schema-grant.extra': ({ fact: { attributes } }) => {
      const grantee = textOf(attributes['grantee']);
      const role = grantee === 'PUBLIC' ? grantee : escapeIdentifier(grantee);
      return [byAdministrator(`REVOKE CREATE ON SCHEMA ${escapeIdentifier(textOf(attributes['schema']))} FROM ${role}`)];
    },
  },
  findings: {
    'schema-grant.extra': {
      code: 'SCHEMA_CREATE_OPEN',
      driftClass: 'security',
      severity: 'error',
      explain: 'Whoever may make tables and functions there can keep rows of one tenant for another to read, and have others call what he made.',
    },
  },
};
