import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import type { SchemaFact } from '../fact.js';
import { keyOf, objectOf } from './keys.js';
import type { OwnFactKind, RepairStatement } from './own-fact-kind.js';
import { textOf, whenChanged } from './repair.js';

interface Row {
  readonly name: string;
  readonly table: string;
  readonly def: string;
  readonly target: number | null;
  readonly owner: string;
}

const READ = `
  select s.stxname as name, c.relname as "table", pg_get_statisticsobjdef(s.oid) as def, nullif(s.stxstattarget, -1)::int as target,
    pg_get_userbyid(s.stxowner) as owner
  from pg_catalog.pg_statistic_ext s
  join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
  join pg_catalog.pg_class c on c.oid = s.stxrelid
  where n.nspname = $1`;

/** Statistics over several columns (CREATE STATISTICS), which the library detects and does not read. */
export const statisticsObject: OwnFactKind = {
  name: 'statistics-object',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map(({ name, table, def, target, owner }) => ({
      key: keyOf('statistics', SCHEMA, name),
      kind: 'statistics',
      name: `${SCHEMA}.${name}`,
      table,
      parent: keyOf('table', SCHEMA, table),
      attributes: { def, target: target ?? 'default', owner },
    }));
  },
  repairs: {
    'statistics.missing': ({ fact }) => make(fact),
    'statistics.extra': ({ fact }) => [drop(fact)],
    'statistics.def': ({ fact }) => [drop(fact), ...make(fact)],
    'statistics.target': whenChanged(({ fact, expected }) => [setTarget(fact, expected)]),
    'statistics.owner': whenChanged(({ fact, expected }) => [
      { sql: `ALTER STATISTICS ${objectOf(fact)} OWNER TO ${escapeIdentifier(textOf(expected))}`, lock: 'NONE', as: 'administrator' },
    ]),
  },
  findings: {
    'statistics.missing': {
      code: 'STATISTICS_MISSING',
      driftClass: 'performance',
      severity: 'warning',
      explain: 'The planner does not know how the columns go together, and can choose a slow plan. ANALYZE fills the statistics once they are there.',
    },
    'statistics.extra': {
      code: 'STATISTICS_EXTRA',
      driftClass: 'extra',
      severity: 'info',
      explain: 'No migration makes these statistics. They cost time at ANALYZE and can change plans.',
    },
    'statistics.def': {
      code: 'STATISTICS_CHANGED',
      driftClass: 'performance',
      severity: 'warning',
      explain: 'The statistics are over other columns, or of other kinds, than was decided.',
    },
    'statistics.target': {
      code: 'STATISTICS_TARGET_CHANGED',
      driftClass: 'performance',
      severity: 'info',
      explain: 'ANALYZE looks at more or fewer values for these statistics.',
    },
    'statistics.owner': {
      code: 'OWNER_CHANGED',
      driftClass: 'security',
      severity: 'warning',
      explain: 'The owner may alter and drop the statistics. It must be app_owner.',
    },
  },
};

function make(fact: SchemaFact): RepairStatement[] {
  const { def, target } = fact.attributes;
  if (typeof def !== 'string') return [];
  return [{ sql: def, lock: 'SHARE UPDATE EXCLUSIVE' }, ...(typeof target === 'number' ? [setTarget(fact, target)] : [])];
}

function drop(fact: SchemaFact): RepairStatement {
  return { sql: `DROP STATISTICS ${objectOf(fact)}`, lock: 'SHARE UPDATE EXCLUSIVE' };
}

function setTarget(fact: SchemaFact, target: unknown): RepairStatement {
  return { sql: `ALTER STATISTICS ${objectOf(fact)} SET STATISTICS ${typeof target === 'number' ? target : -1}`, lock: 'SHARE UPDATE EXCLUSIVE' };
}
