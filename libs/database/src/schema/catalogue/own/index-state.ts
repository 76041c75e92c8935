import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import type { FactValue, SchemaFact } from '../fact.js';
import { keyOf, memberOf, objectOf } from './keys.js';
import type { OwnFactKind, RepairStatement } from './own-fact-kind.js';
import { optionActions, whenChanged, type Changed } from './repair.js';

interface Row {
  readonly table: string;
  readonly owner: 'table' | 'materializedView';
  readonly index: string;
  readonly constraint: string | null;
  readonly ready: boolean;
  readonly valid: boolean;
  readonly tablespace: string | null;
  readonly options: string[];
  readonly targets: Record<string, number> | null;
}

const READ = `
  select t.relname as "table", case t.relkind when 'm' then 'materializedView' else 'table' end as owner, i.relname as index,
    con.conname as "constraint", x.indisready and x.indislive as ready, x.indisvalid or i.relkind = 'I' as valid,
    s.spcname as tablespace, case when i.reloptions is null then '{}' else array(select o from unnest(i.reloptions) o order by o) end as options,
    case when x.indexprs is not null then (select jsonb_object_agg(a.attnum, a.attstattarget) from pg_catalog.pg_attribute a
      where a.attrelid = i.oid and a.attstattarget >= 0) end as targets
  from pg_catalog.pg_class i
  join pg_catalog.pg_namespace n on n.oid = i.relnamespace
  join pg_catalog.pg_index x on x.indexrelid = i.oid
  join pg_catalog.pg_class t on t.oid = x.indrelid
  left join pg_catalog.pg_constraint con on con.conrelid = t.oid and con.conindid = i.oid and con.contype in ('p', 'u', 'x')
  left join pg_catalog.pg_tablespace s on s.oid = i.reltablespace
  where n.nspname = $1 and i.relkind in ('i', 'I') and t.relkind in ('r', 'p', 'm') and not i.relispartition`;

/** What `pg_get_indexdef` and `pg_get_constraintdef` leave out of an index: whether it is ready, where it lies, its options. */
export const indexState: OwnFactKind = {
  name: 'index-state',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map((row) => (row.constraint === null ? ofIndex(row) : ofConstraint(row, row.constraint)));
  },
  repairs: {
    // `valid` is the library's: its own repair drops the index first.
    'index.valid': whenChanged((difference) => reindex(objectOf(difference.fact))),
    'index.ready': whenChanged((difference) => reindex(objectOf(difference.fact))),
    'constraint.indexReady': whenChanged((difference) => reindex(indexOf(difference))),
    'index.tablespace': whenChanged((difference) => move(objectOf(difference.fact), difference)),
    'constraint.indexTablespace': whenChanged((difference) => move(indexOf(difference), difference)),
    'constraint.indexOptions': whenChanged((difference) =>
      optionActions(difference).map((action) => ({ sql: `ALTER INDEX ${indexOf(difference)} ${action}`, lock: 'SHARE UPDATE EXCLUSIVE' })),
    ),
    'index.statisticsTargets': whenChanged((difference) => setTargets(difference)),
  },
  findings: {
    'index.ready': {
      code: 'INDEX_INVALID',
      driftClass: 'performance',
      severity: 'warning',
      explain: 'An index build or removal was broken off: the index may miss rows, serves no query, and a unique one does not guard.',
    },
    'constraint.indexReady': {
      code: 'KEY_INDEX_INVALID',
      driftClass: 'data',
      severity: 'error',
      explain: 'The index of this key is not valid: the same thing can be stored twice, and what was found through it is found by reading the whole table.',
    },
    'index.tablespace': {
      code: 'INDEX_TABLESPACE_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'The index lies on another tablespace than was decided.',
    },
    'constraint.indexTablespace': {
      code: 'INDEX_TABLESPACE_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'The index of this key lies on another tablespace than was decided.',
    },
    'constraint.indexOptions': {
      code: 'INDEX_OPTIONS_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'The index of this key is filled or built with other options than was decided.',
    },
    'index.statisticsTargets': {
      code: 'INDEX_STATISTICS_TARGET_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'ANALYZE looks at more or fewer values of an expression of the index, and so plans can change.',
    },
  },
};

function ofIndex({ index, table, owner, ready, tablespace, targets }: Row): SchemaFact {
  return {
    key: keyOf('index', SCHEMA, index),
    kind: 'index',
    name: `${SCHEMA}.${index}`,
    ...(owner === 'table' ? { table } : {}),
    parent: keyOf(owner, SCHEMA, table),
    attributes: { ready, tablespace, statisticsTargets: targets },
  };
}

function ofConstraint({ table, ready, valid, tablespace, options }: Row, constraint: string): SchemaFact {
  return {
    key: keyOf('constraint', SCHEMA, table, constraint),
    kind: 'constraint',
    name: `${SCHEMA}.${table}.${constraint}`,
    table,
    parent: keyOf('table', SCHEMA, table),
    attributes: { indexReady: ready && valid, indexTablespace: tablespace, indexOptions: options },
  };
}

/** The index of a constraint has the constraint's name: PostgreSQL renames both together. */
function indexOf({ fact }: Changed): string {
  return `${escapeIdentifier(SCHEMA)}.${escapeIdentifier(memberOf(fact))}`;
}

function reindex(index: string): readonly RepairStatement[] {
  return [{ sql: `REINDEX INDEX CONCURRENTLY ${index}`, lock: 'SHARE UPDATE EXCLUSIVE', transactional: false }];
}

function move(index: string, { expected }: Changed): readonly RepairStatement[] {
  const place = typeof expected === 'string' ? expected : 'pg_default';
  return [{ sql: `ALTER INDEX ${index} SET TABLESPACE ${escapeIdentifier(place)}`, lock: 'ACCESS EXCLUSIVE', rewrite: true }];
}

function setTargets({ fact, expected, actual }: Changed): readonly RepairStatement[] {
  const wanted = targetsOf(expected);
  const numbers = new Set([...Object.keys(wanted), ...Object.keys(targetsOf(actual))]);
  return [...numbers].map((number) => ({
    sql: `ALTER INDEX ${objectOf(fact)} ALTER COLUMN ${number} SET STATISTICS ${wanted[number] ?? -1}`,
    lock: 'SHARE UPDATE EXCLUSIVE',
  }));
}

function targetsOf(value: FactValue): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([name, target]) => (typeof target === 'number' ? [[name, target] as const] : [])));
}
