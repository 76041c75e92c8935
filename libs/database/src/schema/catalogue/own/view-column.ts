import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import type { Difference } from '../../compare/difference.js';
import type { SchemaFact } from '../fact.js';
import { keyOf } from './keys.js';
import type { OwnFactKind, RepairStatement } from './own-fact-kind.js';
import { textOf, texts, whenChanged } from './repair.js';

interface Row {
  readonly view: string;
  readonly kind: 'view' | 'materializedView';
  readonly column: string;
  readonly default: string | null;
  readonly grants: readonly { readonly grantee: string; readonly privileges: string[] }[] | null;
}

const READ = `
  select c.relname as view, case c.relkind when 'm' then 'materializedView' else 'view' end as kind, a.attname as "column",
    pg_get_expr(d.adbin, d.adrelid) as "default",
    (select jsonb_agg(jsonb_build_object('grantee', g.grantee, 'privileges', g.privileges)) from (
      select coalesce(r.rolname, 'PUBLIC') as grantee, array_agg(distinct e.privilege_type order by e.privilege_type) as privileges
      from aclexplode(a.attacl) e left join pg_catalog.pg_roles r on r.oid = e.grantee group by 1) g) as grants
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where n.nspname = $1 and c.relkind in ('v', 'm') and (a.attacl is not null or d.adbin is not null)`;

/** Grants on columns of views, and the defaults of such columns: the library reads columns of tables only. */
export const viewColumn: OwnFactKind = {
  name: 'view-column',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.flatMap((row) => [...defaultOf(row), ...grantsOf(row)]);
  },
  repairs: {
    'view-column-grant.missing': ({ fact }) => grant(fact, fact.attributes['privileges']),
    'view-column-grant.extra': ({ fact }) => revoke(fact, fact.attributes['privileges']),
    'view-column-grant.privileges': whenChanged(({ fact, expected, actual }) => [...revoke(fact, actual), ...grant(fact, expected)]),
    'view-column-default.missing': ({ fact }) => [setDefault(fact, `SET DEFAULT ${textOf(fact.attributes['expr'])}`)],
    'view-column-default.extra': ({ fact }) => [setDefault(fact, 'DROP DEFAULT')],
    'view-column-default.expr': whenChanged(({ fact, expected }) => [setDefault(fact, `SET DEFAULT ${textOf(expected)}`)]),
  },
  findings: {
    'view-column-grant.missing': {
      code: 'GRANT_MISSING',
      driftClass: 'security',
      severity: 'error',
      explain: 'The role may not do with this column of the view what it needs.',
    },
    'view-column-grant.extra': {
      code: 'GRANT_EXTRA',
      driftClass: 'security',
      severity: 'error',
      explain: 'The role may do with this column of the view what no migration grants it.',
    },
    'view-column-grant.privileges': {
      code: 'GRANT_CHANGED',
      driftClass: 'security',
      severity: 'error',
      explain: 'The role may do more, or less, with this column of the view than the migrations grant it.',
    },
    'view-column-default.missing': {
      code: 'DEFAULT_MISSING',
      driftClass: 'data',
      severity: 'warning',
      explain: 'Rows written through the view get another value, or none.',
    },
    'view-column-default.extra': {
      code: 'DEFAULT_EXTRA',
      driftClass: 'data',
      severity: 'warning',
      explain: 'Rows written through the view get a value that no migration gives them.',
    },
    'view-column-default.expr': {
      code: 'DEFAULT_CHANGED',
      driftClass: 'data',
      severity: 'warning',
      explain: 'Rows written through the view get another value than was decided.',
    },
  },
};

function defaultOf({ view, kind, column, default: expr }: Row): SchemaFact[] {
  if (expr === null) return [];
  return [{ ...placeOf('view-column-default', view, kind, column), key: keyOf('view-column-default', SCHEMA, view, column), attributes: { expr } }];
}

function grantsOf({ view, kind, column, grants }: Row): SchemaFact[] {
  return (grants ?? []).map(({ grantee, privileges }) => ({
    ...placeOf('view-column-grant', view, kind, column),
    key: keyOf('view-column-grant', SCHEMA, view, column, grantee),
    attributes: { privileges, grantee, of: [view, column] },
  }));
}

function placeOf(kind: string, view: string, owner: Row['kind'], column: string): Omit<SchemaFact, 'key' | 'attributes'> {
  return { kind, name: `${SCHEMA}.${view}.${column}`, table: view, parent: keyOf(owner, SCHEMA, view) };
}

function grant(fact: SchemaFact, privileges: unknown): RepairStatement[] {
  return statement(fact, privileges, 'GRANT', 'TO');
}

function revoke(fact: SchemaFact, privileges: unknown): RepairStatement[] {
  return statement(fact, privileges, 'REVOKE', 'FROM');
}

function statement(fact: SchemaFact, privileges: unknown, verb: string, link: string): RepairStatement[] {
  const [view = '', column = ''] = texts(fact.attributes['of']);
  const names = Array.isArray(privileges) ? privileges.map(String) : [];
  const grantee = textOf(fact.attributes['grantee']);
  const each = names.map((privilege) => `${privilege} (${escapeIdentifier(column)})`).join(', ');
  const role = grantee === 'PUBLIC' ? grantee : escapeIdentifier(grantee);
  return [{ sql: `${verb} ${each} ON ${escapeIdentifier(SCHEMA)}.${escapeIdentifier(view)} ${link} ${role}`, lock: 'NONE' }];
}

function setDefault(fact: Difference['fact'], action: string): RepairStatement {
  const view = fact.table ?? '';
  const column = fact.name.slice(`${SCHEMA}.${view}.`.length);
  return {
    sql: `ALTER VIEW ${escapeIdentifier(SCHEMA)}.${escapeIdentifier(view)} ALTER COLUMN ${escapeIdentifier(column)} ${action}`,
    lock: 'ACCESS EXCLUSIVE',
  };
}
