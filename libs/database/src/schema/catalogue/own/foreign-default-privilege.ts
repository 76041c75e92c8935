import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { byAdministrator, textOf } from './repair.js';

interface Row {
  readonly role: string;
  readonly on: string;
  readonly grantee: string;
  readonly privileges: string[];
}

const READ = `
  select pg_get_userbyid(d.defaclrole) as role,
    case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'FUNCTIONS' when 'T' then 'TYPES' else 'SCHEMAS' end as "on",
    coalesce(g.rolname, 'PUBLIC') as grantee, array_agg(a.privilege_type order by a.privilege_type) as privileges
  from pg_catalog.pg_default_acl d
  join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a
  left join pg_catalog.pg_roles g on g.oid = a.grantee
  where n.nspname = $1 and pg_get_userbyid(d.defaclrole) <> 'app_owner'
  group by 1, 2, 3`;

/** What other roles than app_owner give away of whatever they will make in the schema. */
export const foreignDefaultPrivilege: OwnFactKind = {
  name: 'foreign-default-privilege',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map(({ role, on, grantee, privileges }) => ({
      key: keyOf('foreign-default-privilege', role, on, grantee),
      kind: 'foreign-default-privilege',
      name: `of ${role} on ${on} to ${grantee}`,
      parent: keyOf('schema', SCHEMA),
      attributes: { role, on, grantee, privileges },
    }));
  },
  expected: () => [],
  repairs: {
    'foreign-default-privilege.extra': ({ fact: { attributes } }) => {
      const grantee = textOf(attributes['grantee']);
      const to = grantee === 'PUBLIC' ? grantee : escapeIdentifier(grantee);
      const head = `ALTER DEFAULT PRIVILEGES FOR ROLE ${escapeIdentifier(textOf(attributes['role']))} IN SCHEMA ${escapeIdentifier(SCHEMA)}`;
      return [byAdministrator(`${head} REVOKE ALL ON ${textOf(attributes['on'])} FROM ${to}`)];
    },
  },
  findings: {
    'foreign-default-privilege.extra': {
      code: 'DEFAULT_PRIVILEGE_OF_OTHER_ROLE',
      driftClass: 'security',
      severity: 'warning',
      explain: 'Whatever that role makes in the schema from now on is granted to others. Only app_owner makes things there.',
    },
  },
};
