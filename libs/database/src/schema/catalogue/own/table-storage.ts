import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { keyOf } from './keys.js';
import type { OwnFactKind, RepairStatement } from './own-fact-kind.js';
import { alterTable, optionActions, texts, whenChanged, type Changed } from './repair.js';

interface Row {
  readonly table: string;
  readonly tablespace: string | null;
  readonly accessMethod: string | null;
  readonly toastOptions: string[];
  readonly clusteredBy: string | null;
  readonly ofType: string | null;
  readonly moreParents: string[];
  readonly childrenElsewhere: string[];
}

const READ = `
  select c.relname as "table", s.spcname as tablespace, m.amname as "accessMethod",
    array(select o from unnest(t.reloptions) o order by o) as "toastOptions",
    (select i.relname from pg_catalog.pg_index x join pg_catalog.pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid and x.indisclustered) as "clusteredBy",
    case when c.reloftype <> 0 then format_type(c.reloftype, null) end as "ofType",
    array(select p.oid::regclass::text from pg_catalog.pg_inherits h join pg_catalog.pg_class p on p.oid = h.inhparent
      where h.inhrelid = c.oid order by h.inhseqno offset 1) as "moreParents",
    array(select p.oid::regclass::text from pg_catalog.pg_inherits h join pg_catalog.pg_class p on p.oid = h.inhrelid
      where h.inhparent = c.oid and p.relnamespace <> c.relnamespace order by 1) as "childrenElsewhere"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_class t on t.oid = c.reltoastrelid
  left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
  left join pg_catalog.pg_am m on m.oid = c.relam
  where n.nspname = $1 and c.relkind in ('r', 'p')`;

/** Where and how a table lies, and which tables inherit, as far as the library does not say: it reads the first parent only. */
export const tableStorage: OwnFactKind = {
  name: 'table-storage',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map(({ table, ...attributes }) => ({
      key: keyOf('table', SCHEMA, table),
      kind: 'table',
      name: `${SCHEMA}.${table}`,
      table,
      parent: keyOf('schema', SCHEMA),
      attributes,
    }));
  },
  repairs: {
    'table.tablespace': whenChanged((difference) => [
      alterTable(difference, `SET TABLESPACE ${nameOr(difference.expected, 'pg_default')}`, 'ACCESS EXCLUSIVE', { rewrite: true }),
    ]),
    'table.accessMethod': whenChanged((difference) => [
      alterTable(difference, `SET ACCESS METHOD ${nameOr(difference.expected, 'heap')}`, 'ACCESS EXCLUSIVE', { rewrite: true }),
    ]),
    'table.toastOptions': whenChanged((difference) =>
      optionActions(difference, 'toast.').map((action) => alterTable(difference, action, 'SHARE UPDATE EXCLUSIVE')),
    ),
    'table.clusteredBy': whenChanged((difference) => [
      alterTable(
        difference,
        typeof difference.expected === 'string' ? `CLUSTER ON ${escapeIdentifier(difference.expected)}` : 'SET WITHOUT CLUSTER',
        'SHARE UPDATE EXCLUSIVE',
      ),
    ]),
    'table.ofType': whenChanged((difference) => [
      alterTable(difference, typeof difference.expected === 'string' ? `OF ${difference.expected}` : 'NOT OF', 'ACCESS EXCLUSIVE'),
    ]),
    'table.moreParents': whenChanged(inherit),
  },
  findings: {
    'table.tablespace': {
      code: 'TABLE_TABLESPACE_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'The table lies on another tablespace than was decided.',
    },
    'table.accessMethod': {
      code: 'TABLE_ACCESS_METHOD_CHANGED',
      driftClass: 'performance',
      severity: 'warning',
      explain: 'The rows are kept by another storage engine than was decided.',
    },
    'table.toastOptions': {
      code: 'TABLE_OPTIONS_CHANGED',
      driftClass: 'performance',
      severity: 'warning',
      explain: 'Vacuum options of the large values of the table differ from what was decided.',
    },
    'table.clusteredBy': {
      code: 'TABLE_CLUSTERED_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'CLUSTER would order the table by another index than was decided.',
    },
    'table.ofType': {
      code: 'TABLE_TYPE_CHANGED',
      driftClass: 'cosmetic',
      severity: 'info',
      explain: 'The table is bound to a composite type, or no longer: columns can then be changed only by changing the type.',
    },
    'table.moreParents': {
      code: 'TABLE_INHERITANCE_CHANGED',
      driftClass: 'security',
      severity: 'error',
      explain: 'Rows of a table show in those it inherits from, under the policies of those.',
    },
    'table.childrenElsewhere': {
      code: 'TABLE_INHERITED_ELSEWHERE',
      driftClass: 'security',
      severity: 'error',
      explain:
        'A table outside the schema inherits from this one: its rows show as rows of this table, and no policy guarded them when they were written. Its owner runs ALTER TABLE … NO INHERIT.',
    },
  },
};

function nameOr(value: unknown, otherwise: string): string {
  return escapeIdentifier(typeof value === 'string' ? value : otherwise);
}

/** The names come from PostgreSQL with their schema, quoted where they need it. */
function inherit(difference: Changed): readonly RepairStatement[] {
  const wanted = texts(difference.expected);
  const found = texts(difference.actual);
  const actions = [
    ...found.filter((name) => !wanted.includes(name)).map((name) => `NO INHERIT ${name}`),
    ...wanted.filter((name) => !found.includes(name)).map((name) => `INHERIT ${name}`),
  ];
  return actions.map((action) => alterTable(difference, action, 'ACCESS EXCLUSIVE'));
}
