import { escapeIdentifier, type ClientBase } from 'pg';
import { MIGRATION_TABLE, SCHEMA } from '../../migrations/journal.js';

export interface ColumnShape {
  readonly name: string;
  /** As format_type prints it. */
  readonly type: string;
  /** Whether its order depends on a collation. */
  readonly collated: boolean;
}

/** A table as far as copying its rows needs it. */
export interface TableShape {
  readonly name: string;
  /** In the table's order, without generated ones. */
  readonly columns: readonly ColumnShape[];
  /** Columns of the primary key; empty without one: rows are then ordered by all their columns. */
  readonly key: readonly string[];
}

/** What the database keeps about its own schema: a restore fits it, and never replaces it. */
const BOOKKEEPING: readonly string[] = [MIGRATION_TABLE, 'migration_run'];

// Partitions are copied through their parent; views and materialized views are derived.
const TABLES = `
select c.relname as name,
  array(select json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'collated', a.attcollation <> 0)
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
  array(select a.attname::text from pg_index x cross join unnest(x.indkey::int2[]) with ordinality k (num, place)
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num
    where x.indrelid = c.oid and x.indisprimary and k.place <= x.indnkeyatts order by k.place) as key
from pg_class c
where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($2)
order by c.relname collate "C"`;

/** Every table of the schema `app` whose rows a backup holds, by name. Needs no privilege beyond the catalogue's. */
export async function readTables(client: ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(TABLES, [SCHEMA, BOOKKEEPING]);
  return rows.filter(({ columns }) => columns.length > 0);
}

/** `app."user"` */
export function qualified(table: string): string {
  return `${SCHEMA}.${escapeIdentifier(table)}`;
}

/**
 * The statement that writes the rows of `table` as text, each row one line, ordered so that equal rows are equal bytes.
 * @param where a condition, already SQL
 */
export function copyOut(table: TableShape, where?: string): string {
  const condition = where === undefined ? '' : ` where ${where}`;
  return `copy (select ${columnList(table)} from ${qualified(table.name)}${condition} order by ${order(table)}) to stdout (format text, encoding 'UTF8')`;
}

/** The statement that reads them back. */
export function copyIn(table: TableShape): string {
  return `copy ${qualified(table.name)} (${columnList(table)}) from stdin (format text, encoding 'UTF8')`;
}

function columnList(table: TableShape): string {
  return table.columns.map(({ name }) => escapeIdentifier(name)).join(', ');
}

/** Texts by code point: the collation of a database may be another where the archive is restored. */
function order(table: TableShape): string {
  if (table.key.length === 0) return `row(${columnList(table)})::text collate "C"`;
  return table.key
    .map((name) => escapeIdentifier(name) + (table.columns.find((column) => column.name === name)?.collated === true ? ' collate "C"' : ''))
    .join(', ');
}
