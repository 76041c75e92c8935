import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { alterTable, whenChanged } from './repair.js';

const READ = `
  select c.relname as "table", a.attname as "column", con.conname as name
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_constraint con on con.conrelid = c.oid and con.contype = 'n' and not con.convalidated
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = con.conkey[1] and a.attislocal
  where n.nspname = $1`;

/** From this version on NOT NULL is a constraint, which can be NOT VALID. */
const SINCE = 18;

/**
 * NOT NULL NOT VALID: `attnotnull` says "not null" of such a column too. The value is the name of the constraint, which is known
 * only where there is something to repair: names of NOT NULL constraints are no drift, since 15 to 17 have none.
 */
export const columnNullability: OwnFactKind = {
  name: 'column-nullability',
  read: async (client, { major }) => {
    if (major < SINCE) return [];
    const { rows } = await client.query<{ table: string; column: string; name: string }>(READ, [SCHEMA]);
    return rows.map(({ table, column, name }) => ({
      key: keyOf('column', SCHEMA, table, column),
      kind: 'column',
      name: `${SCHEMA}.${table}.${column}`,
      table,
      parent: keyOf('table', SCHEMA, table),
      attributes: { unvalidatedNotNull: name },
    }));
  },
  repairs: {
    'column.unvalidatedNotNull': whenChanged((difference) =>
      typeof difference.actual === 'string'
        ? [alterTable(difference, `VALIDATE CONSTRAINT ${escapeIdentifier(difference.actual)}`, 'SHARE UPDATE EXCLUSIVE')]
        : [],
    ),
  },
  findings: {
    'column.unvalidatedNotNull': {
      code: 'COLUMN_NOT_NULL_NOT_VALIDATED',
      driftClass: 'data',
      severity: 'warning',
      explain: 'The column refuses NULL in new rows only: rows that were there before can hold it.',
    },
  },
};
