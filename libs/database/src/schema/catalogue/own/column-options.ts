import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import type { FactValue } from '../fact.js';
import { keyOf, memberOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { alterTable, type Changed, optionActions, textOf, whenChanged } from './repair.js';

interface Row {
  readonly table: string;
  readonly column: string;
  readonly storage: string;
  readonly compression: string;
  readonly statisticsTarget: number | null;
  readonly options: string[];
}

const READ = `
  select c.relname as "table", a.attname as "column",
    case when a.attstorage = t.typstorage then 'default'
      else case a.attstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL' when 'm' then 'MAIN' else 'EXTENDED' end end as storage,
    case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' else 'default' end as compression,
    nullif(a.attstattarget, -1)::int as "statisticsTarget",
    case when a.attoptions is null then '{}' else array(select o from unnest(a.attoptions) o order by o) end as options
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attislocal
  join pg_catalog.pg_type t on t.oid = a.atttypid
  where n.nspname = $1 and c.relkind in ('r', 'p')`;

/** How values of a column are kept and counted: what `ALTER COLUMN … SET STORAGE, COMPRESSION, STATISTICS, (n_distinct)` say. */
export const columnOptions: OwnFactKind = {
  name: 'column-options',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map(({ table, column, storage, compression, statisticsTarget, options }) => ({
      key: keyOf('column', SCHEMA, table, column),
      kind: 'column',
      name: `${SCHEMA}.${table}.${column}`,
      table,
      parent: keyOf('table', SCHEMA, table),
      attributes: { storage, compression, statisticsTarget: statisticsTarget ?? 'default', options },
    }));
  },
  repairs: {
    'column.storage': whenChanged((difference) => [alterTable(difference, `${column(difference)} SET STORAGE ${storageOf(difference)}`, 'ACCESS EXCLUSIVE')]),
    'column.compression': whenChanged((difference) => [
      alterTable(difference, `${column(difference)} SET COMPRESSION ${textOf(difference.expected)}`, 'ACCESS EXCLUSIVE'),
    ]),
    'column.statisticsTarget': whenChanged((difference) => [
      alterTable(
        difference,
        `${column(difference)} SET STATISTICS ${typeof difference.expected === 'number' ? difference.expected : -1}`,
        'SHARE UPDATE EXCLUSIVE',
      ),
    ]),
    'column.options': whenChanged((difference) =>
      optionActions(difference).map((action) => alterTable(difference, `${column(difference)} ${action}`, 'SHARE UPDATE EXCLUSIVE')),
    ),
  },
  findings: {
    'column.storage': {
      code: 'COLUMN_STORAGE_CHANGED',
      driftClass: 'performance',
      severity: 'warning',
      explain: 'Large values of the column are kept differently, in the row or beside it, compressed or not. It holds for values written from now on.',
    },
    'column.compression': {
      code: 'COLUMN_COMPRESSION_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'Large values of the column are compressed by another method. It holds for values written from now on.',
    },
    'column.statisticsTarget': {
      code: 'COLUMN_STATISTICS_TARGET_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'ANALYZE looks at more or fewer values of the column, and so plans can change.',
    },
    'column.options': {
      code: 'COLUMN_OPTIONS_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'The planner is told another number of distinct values of the column, and so plans can change.',
    },
  },
};

function column({ fact }: Changed): string {
  return `ALTER COLUMN ${escapeIdentifier(memberOf(fact))}`;
}

/** `SET STORAGE DEFAULT` is new in PostgreSQL 16, so that the default is named: of what can be moved, only these are not EXTENDED. */
const STORED_MAIN = /^(numeric|inet|cidr)\b(?!.*\[\])/;

function storageOf({ expected, fact }: Changed): string {
  return expected === 'default' ? defaultStorageOf(fact.attributes['type']) : textOf(expected);
}

function defaultStorageOf(type: FactValue | undefined): string {
  return typeof type === 'string' && STORED_MAIN.test(type) ? 'MAIN' : 'EXTENDED';
}
