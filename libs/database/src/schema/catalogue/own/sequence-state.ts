import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import type { SchemaFact } from '../fact.js';
import { keyOf, objectOf } from './keys.js';
import type { OwnFactKind, RepairStatement } from './own-fact-kind.js';
import { textOf, texts, whenChanged } from './repair.js';

interface Row {
  readonly sequence: string;
  readonly persistence: string;
  /** The table and column that it numbers, for an identity column. */
  readonly of: readonly [table: string, column: string] | null;
  readonly grants: readonly { readonly grantee: string; readonly privileges: string[] }[] | null;
}

const READ = `
  select c.relname as sequence, case c.relpersistence when 'u' then 'unlogged' else 'permanent' end as persistence,
    case when t.oid is not null then array[t.relname::text, a.attname::text] end as "of",
    case when t.oid is not null then (select jsonb_agg(jsonb_build_object('grantee', g.grantee, 'privileges', g.privileges)) from (
      select coalesce(r.rolname, 'PUBLIC') as grantee, array_agg(distinct e.privilege_type order by e.privilege_type) as privileges
      from aclexplode(c.relacl) e left join pg_catalog.pg_roles r on r.oid = e.grantee where e.grantee <> c.relowner group by 1) g) end as grants
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.deptype = 'i'
  left join pg_catalog.pg_class t on t.oid = d.refobjid
  left join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
  where n.nspname = $1 and c.relkind = 'S'`;

/** Sequences that are unlogged, and what is granted on those of identity columns: the library reads none of these. */
export const sequenceState: OwnFactKind = {
  name: 'sequence-state',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.flatMap((row) => [persistenceOf(row), ...grantsOf(row)]);
  },
  repairs: {
    'sequence.persistence': whenChanged(({ fact, expected }) => [persist(objectOf(fact), expected)]),
    'column.identityPersistence': whenChanged(({ expected, actual }) => {
      const [sequence, now] = texts(actual);
      const [, persistence] = texts(expected);
      // One that comes or goes with its identity is made as it should be.
      if (sequence === undefined || persistence === undefined || now === persistence) return [];
      return [persist(`${escapeIdentifier(SCHEMA)}.${escapeIdentifier(sequence)}`, persistence)];
    }),
    'identity-grant.missing': ({ fact }) => [grant(fact, fact.attributes['privileges'], 'GRANT', 'TO')],
    'identity-grant.extra': ({ fact }) => [grant(fact, fact.attributes['privileges'], 'REVOKE', 'FROM')],
    'identity-grant.privileges': whenChanged(({ fact, expected, actual }) => [grant(fact, actual, 'REVOKE', 'FROM'), grant(fact, expected, 'GRANT', 'TO')]),
  },
  findings: {
    'sequence.persistence': {
      code: 'SEQUENCE_PERSISTENCE_CHANGED',
      driftClass: 'data',
      severity: 'error',
      explain: 'An unlogged sequence starts over after a crash and gives numbers that were given before.',
    },
    'column.identityPersistence': {
      code: 'SEQUENCE_PERSISTENCE_CHANGED',
      driftClass: 'data',
      severity: 'error',
      explain: 'An unlogged sequence starts over after a crash and gives numbers that were given before.',
    },
    'identity-grant.missing': {
      code: 'GRANT_MISSING',
      driftClass: 'security',
      severity: 'error',
      explain: 'The role may not use the sequence of this identity column as it needs to.',
    },
    'identity-grant.extra': {
      code: 'GRANT_EXTRA',
      driftClass: 'security',
      severity: 'error',
      explain: 'With rights on the sequence of an identity column a role can tell how many rows all tenants write, or set the next number.',
    },
    'identity-grant.privileges': {
      code: 'GRANT_CHANGED',
      driftClass: 'security',
      severity: 'error',
      explain: 'The role may do more, or less, with the sequence of this identity column than was decided.',
    },
  },
};

function persistenceOf({ sequence, persistence, of }: Row): SchemaFact {
  if (of === null) {
    return {
      key: keyOf('sequence', SCHEMA, sequence),
      kind: 'sequence',
      name: `${SCHEMA}.${sequence}`,
      parent: keyOf('schema', SCHEMA),
      attributes: { persistence },
    };
  }
  const [table, column] = of;
  return { ...columnFact('column', table, column), key: keyOf('column', SCHEMA, table, column), attributes: { identityPersistence: [sequence, persistence] } };
}

function grantsOf({ sequence, of, grants }: Row): SchemaFact[] {
  if (of === null) return [];
  const [table, column] = of;
  return (grants ?? []).map(({ grantee, privileges }) => ({
    ...columnFact('identity-grant', table, column),
    key: keyOf('identity-grant', SCHEMA, table, column, grantee),
    parent: keyOf('column', SCHEMA, table, column),
    attributes: { grantee, privileges, sequence },
  }));
}

function columnFact(kind: string, table: string, column: string): Omit<SchemaFact, 'key' | 'attributes'> {
  return { kind, name: `${SCHEMA}.${table}.${column}`, table, parent: keyOf('table', SCHEMA, table) };
}

function persist(sequence: string, persistence: unknown): RepairStatement {
  return { sql: `ALTER SEQUENCE ${sequence} SET ${persistence === 'unlogged' ? 'UNLOGGED' : 'LOGGED'}`, lock: 'ACCESS EXCLUSIVE' };
}

function grant(fact: SchemaFact, privileges: unknown, verb: string, link: string): RepairStatement {
  const grantee = textOf(fact.attributes['grantee']);
  const role = grantee === 'PUBLIC' ? grantee : escapeIdentifier(grantee);
  const names = Array.isArray(privileges) ? privileges.map(String).join(', ') : '';
  const sequence = `${escapeIdentifier(SCHEMA)}.${escapeIdentifier(textOf(fact.attributes['sequence']))}`;
  return { sql: `${verb} ${names} ON SEQUENCE ${sequence} ${link} ${role}`, lock: 'NONE' };
}
