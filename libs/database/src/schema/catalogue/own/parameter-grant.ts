import { escapeIdentifier } from 'pg';
import { ROLE_TABLE } from '../../../roles/role-table.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { byAdministrator, textOf } from './repair.js';

interface Row {
  readonly parameter: string;
  readonly grantee: string;
  readonly privilege: string;
}

const READ = `
  select p.parname as parameter, coalesce(r.rolname, 'PUBLIC') as grantee, a.privilege_type as privilege
  from pg_catalog.pg_parameter_acl p, aclexplode(p.paracl) a
  left join pg_catalog.pg_roles r on r.oid = a.grantee
  where a.grantee = 0 or r.rolname = any ($1)`;

const NAMES = ROLE_TABLE.map(({ name }) => name);

/** Settings of superusers that PUBLIC or one of our roles may set: `GRANT SET ON PARAMETER session_replication_role` switches triggers off. */
export const parameterGrant: OwnFactKind = {
  name: 'parameter-grant',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [NAMES]);
    return rows.map(({ parameter, grantee, privilege }) => ({
      key: keyOf('parameter-grant', parameter, privilege, grantee),
      kind: 'parameter-grant',
      name: `${privilege} on ${parameter} to ${grantee}`,
      attributes: { parameter, privilege, grantee },
    }));
  },
  expected: () => [],
  repairs: {
    'parameter-grant.extra': ({ fact: { attributes } }) => {
      const grantee = textOf(attributes['grantee']);
      const role = grantee === 'PUBLIC' ? grantee : escapeIdentifier(grantee);
      const parameter = textOf(attributes['parameter']).split('.').map(escapeIdentifier).join('.');
      return [byAdministrator(`REVOKE ${textOf(attributes['privilege'])} ON PARAMETER ${parameter} FROM ${role}`)];
    },
  },
  findings: {
    'parameter-grant.extra': {
      code: 'PARAMETER_GRANT_EXTRA',
      driftClass: 'security',
      severity: 'error',
      explain: 'The role may set what only superusers should: some settings switch triggers and foreign keys off, or load code.',
    },
  },
};
