import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { whenChanged } from './repair.js';

interface Row {
  readonly table: string;
  readonly column: string;
  readonly generated: string | null;
  readonly identityType: string | null;
  readonly sequence: string | null;
}

const READ = `
  select c.relname as "table", a.attname as "column",
    case a.attgenerated when 's' then 'STORED' when 'v' then 'VIRTUAL' end as generated,
    format_type(s.seqtypid, null) as "identityType", q.relname as sequence
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attislocal
  left join pg_catalog.pg_depend d on a.attidentity <> '' and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
    and d.refobjid = c.oid and d.refobjsubid = a.attnum and d.deptype = 'i'
  left join pg_catalog.pg_sequence s on s.seqrelid = d.objid
  left join pg_catalog.pg_class q on q.oid = s.seqrelid
  where n.nspname = $1 and c.relkind in ('r', 'p') and (a.attgenerated <> '' or a.attidentity <> '')`;

/** Whether a generated column is STORED or VIRTUAL (18), and the type in which the sequence of an identity column counts. */
export const columnGeneration: OwnFactKind = {
  name: 'column-generation',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map(({ table, column, generated, identityType, sequence }) => ({
      key: keyOf('column', SCHEMA, table, column),
      kind: 'column',
      name: `${SCHEMA}.${table}.${column}`,
      table,
      parent: keyOf('table', SCHEMA, table),
      attributes: { generated, identityType: identityType === null ? null : { type: identityType, sequence } },
    }));
  },
  repairs: {
    'column.identityType': whenChanged(({ expected, actual }) => {
      if (!isCounter(expected) || !isCounter(actual)) return [];
      return [{ sql: `ALTER SEQUENCE ${escapeIdentifier(SCHEMA)}.${escapeIdentifier(actual.sequence)} AS ${expected.type}`, lock: 'SHARE ROW EXCLUSIVE' }];
    }),
  },
  findings: {
    'column.generated': {
      code: 'COLUMN_GENERATED_KIND_CHANGED',
      driftClass: 'performance',
      severity: 'warning',
      explain:
        'A VIRTUAL column is computed at each read and cannot be indexed; a STORED one takes room. PostgreSQL cannot turn one into the other: the column has to be dropped and added in a migration.',
    },
    'column.identityType': {
      code: 'IDENTITY_TYPE_CHANGED',
      driftClass: 'data',
      severity: 'warning',
      explain: 'The sequence behind the column counts in another type than was decided, and can run out earlier or pass what the column holds.',
    },
  },
};

interface Counter {
  readonly type: string;
  readonly sequence: string;
}

function isCounter(value: unknown): value is Counter {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'sequence' in value &&
    typeof value.sequence === 'string'
  );
}
