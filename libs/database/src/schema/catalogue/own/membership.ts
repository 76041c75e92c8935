import { escapeIdentifier } from 'pg';
import { ROLE_TABLE } from '../../../roles/role-table.js';
import type { FactValue, SchemaFact } from '../fact.js';
import { keyOf } from './keys.js';
import type { OwnFactKind, RepairStatement } from './own-fact-kind.js';
import { byAdministrator, texts, whenChanged, type Changed } from './repair.js';

interface Row {
  readonly role: string;
  readonly member: string;
  readonly grantors: string[];
  readonly admin: string[];
  readonly inherit: string[];
  readonly set: boolean;
}

/** From this version on INHERIT and SET belong to each grant; before, the member's own attribute says it. */
const PER_GRANT_SINCE = 16;

/**
 * Leaves out the ADMIN OPTION that whoever made a role with CREATEROLE gets by itself since 16: it neither inherits nor sets.
 * Before 16 a maker who wants to grant the role needs no membership.
 */
function readSql(perGrant: boolean): string {
  const inherit = perGrant ? 'm.inherit_option' : 'u.rolinherit';
  const set = perGrant ? 'm.set_option' : 'true';
  const byMaking = perGrant ? 'm.admin_option and not m.inherit_option and not m.set_option and not u.rolname = any ($1)' : 'false';
  return `
    select r.rolname as role, u.rolname as member, array_agg(coalesce(g.rolname, '')::text order by g.rolname) as grantors,
      coalesce(array_agg(coalesce(g.rolname, '')::text order by g.rolname) filter (where m.admin_option), '{}') as admin,
      coalesce(array_agg(coalesce(g.rolname, '')::text order by g.rolname) filter (where ${inherit}), '{}') as inherit,
      bool_or(${set}) as set
    from pg_catalog.pg_auth_members m
    join pg_catalog.pg_roles r on r.oid = m.roleid
    join pg_catalog.pg_roles u on u.oid = m.member
    left join pg_catalog.pg_roles g on g.oid = m.grantor
    where (r.rolname = any ($1) or u.rolname = any ($1)) and not (${byMaking})
    group by 1, 2`;
}

const NAMES = ROLE_TABLE.map(({ name }) => name);

/** Who may become whom, among our roles and beyond them. `admin` and `inherit` name who gave that option: each takes back his own. */
export const membership: OwnFactKind = {
  name: 'membership',
  read: async (client, { major }) => {
    const { rows } = await client.query<Row>(readSql(major >= PER_GRANT_SINCE), [NAMES]);
    return rows.map(({ role, member, grantors, admin, inherit, set }) =>
      isDecided(role, member)
        ? factOf(role, member, { admin, inherit: major >= PER_GRANT_SINCE ? inherit : [], set })
        : factOf(role, member, { admin, inherit, set, grantors }),
    );
  },
  expected: () => ROLE_TABLE.flatMap(({ name, memberOf }) => memberOf.map((role) => factOf(role, name, { admin: [], inherit: [], set: true }))),
  repairs: {
    // A member that inherits when it is granted a role goes on inheriting that one.
    'membership.missing': ({ fact }) => [byAdministrator(`ALTER ROLE ${namesOf(fact)[1]} NOINHERIT`), grant(fact)],
    'membership.set': whenChanged(({ fact, expected }) => (expected === true ? [grant(fact, ' WITH SET TRUE')] : [])),
    'membership.admin': whenChanged((difference) => revokeOption(difference, 'ADMIN')),
    'membership.inherit': whenChanged((difference) => revokeOption(difference, 'INHERIT')),
    'membership.extra': ({ fact }) => texts(fact.attributes['grantors']).map((grantor) => revoke(fact, '', grantor)),
  },
  findings: {
    'membership.missing': {
      code: 'MEMBERSHIP_MISSING',
      driftClass: 'security',
      severity: 'error',
      explain: 'The login cannot become the role that its work is done as: every statement of its services fails.',
    },
    'membership.extra': {
      code: 'MEMBERSHIP_EXTRA',
      driftClass: 'security',
      severity: 'error',
      explain:
        'The member has, or can take, rights that no bootstrap gives it. No login may become both app_tenant and another role: that would be no boundary.',
    },
    'membership.admin': {
      code: 'MEMBERSHIP_ADMIN_CHANGED',
      driftClass: 'security',
      severity: 'error',
      explain: 'With the ADMIN OPTION the member can make others members of the role.',
    },
    'membership.inherit': {
      code: 'MEMBERSHIP_INHERIT_CHANGED',
      driftClass: 'security',
      severity: 'error',
      explain: 'The member has the rights of the role without becoming it, and so outside of any organization.',
    },
    'membership.set': {
      code: 'MEMBERSHIP_SET_CHANGED',
      driftClass: 'security',
      severity: 'error',
      explain: 'Without the SET option the member cannot become the role, and its services fail.',
    },
  },
};

function isDecided(role: string, member: string): boolean {
  return ROLE_TABLE.some(({ name, memberOf }) => name === member && memberOf.some((each) => each === role));
}

function factOf(role: string, member: string, options: Readonly<Record<string, FactValue>>): SchemaFact {
  return { key: keyOf('membership', role, member), kind: 'membership', name: `${member} in ${role}`, attributes: { of: [role, member], ...options } };
}

function namesOf(fact: SchemaFact): readonly [role: string, member: string] {
  const [role = '', member = ''] = texts(fact.attributes['of']).map(escapeIdentifier);
  return [role, member];
}

/** Without options the member's own attribute decides, which is NOINHERIT: 15 knows no others. */
function grant(fact: SchemaFact, options = ''): RepairStatement {
  const [role, member] = namesOf(fact);
  return byAdministrator(`GRANT ${role} TO ${member}${options}`);
}

function revokeOption({ fact, expected, actual }: Changed, option: string): RepairStatement[] {
  const wanted = texts(expected);
  return texts(actual)
    .filter((grantor) => !wanted.includes(grantor))
    .map((grantor) => revoke(fact, `${option} OPTION FOR `, grantor));
}

function revoke(fact: SchemaFact, what: string, grantor: string): RepairStatement {
  const [role, member] = namesOf(fact);
  return byAdministrator(`REVOKE ${what}${role} FROM ${member}${grantor === '' ? '' : ` GRANTED BY ${escapeIdentifier(grantor)}`}`);
}
