import type pg from 'pg';

export interface ColumnFacts {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly identity: boolean;
  /** The first value that the column's CHECK allows, where it is a closed set. */
  readonly allowed: string | null;
  readonly tenantMay: { readonly select: boolean; readonly insert: boolean; readonly update: boolean };
}

export interface ForeignKeyFacts {
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
}

/** What PostgreSQL's catalogue says of one table, as far as an attack needs it. */
export interface TableFacts {
  readonly name: string;
  readonly columns: readonly ColumnFacts[];
  readonly primaryKey: readonly string[];
  readonly uniques: readonly { readonly name: string; readonly columns: readonly string[] }[];
  readonly foreignKeys: readonly ForeignKeyFacts[];
  readonly tenantMayDelete: boolean;
}

const TABLES = `
select c.oid::int as oid, c.relname as name, has_table_privilege('app_tenant', c.oid, 'DELETE') as may_delete
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'app' and c.relkind in ('r', 'p') and c.relname <> 'migration' order by c.relname`;

const COLUMNS = `
select a.attrelid::int as oid, a.attname as name, format_type(a.atttypid, null) as type,
  a.attnotnull and not a.atthasdef and a.attidentity = '' as required, a.attidentity <> '' as identity,
  (select (regexp_match(pg_get_constraintdef(k.oid), '''([^'']+)''::text'))[1] from pg_constraint k
    where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%ANY (ARRAY[%' limit 1) as allowed,
  has_column_privilege('app_tenant', a.attrelid, a.attnum, 'SELECT') as may_select,
  has_column_privilege('app_tenant', a.attrelid, a.attnum, 'INSERT') as may_insert,
  has_column_privilege('app_tenant', a.attrelid, a.attnum, 'UPDATE') as may_update
from pg_attribute a where a.attrelid = any ($1::oid[]) and a.attnum > 0 and not a.attisdropped order by a.attrelid, a.attnum`;

const KEYS = `
select i.indrelid::int as oid, c.relname as name, i.indisprimary as primary,
  array(select a.attname::text from unnest(i.indkey::int2[]) with ordinality k(n, o) join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.n where k.o <= i.indnkeyatts order by k.o) as columns
from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = any ($1::oid[]) and i.indisunique order by c.relname`;

const FOREIGN_KEYS = `
select k.conrelid::int as oid, k.conname as name, t.relname as target,
  array(select a.attname::text from unnest(k.conkey) with ordinality u(n, o) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n order by u.o) as columns,
  array(select a.attname::text from unnest(k.confkey) with ordinality u(n, o) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n order by u.o) as target_columns
from pg_constraint k join pg_class t on t.oid = k.confrelid where k.contype = 'f' and k.conparentid = 0 and k.conrelid = any ($1::oid[]) order by k.conname`;

interface TableRow {
  oid: number;
  name: string;
  may_delete: boolean;
}
interface ColumnRow {
  oid: number;
  name: string;
  type: string;
  required: boolean;
  identity: boolean;
  allowed: string | null;
  may_select: boolean;
  may_insert: boolean;
  may_update: boolean;
}
interface KeyRow {
  oid: number;
  name: string;
  primary: boolean;
  columns: string[];
}
interface ForeignKeyRow {
  oid: number;
  name: string;
  target: string;
  columns: string[];
  target_columns: string[];
}

/** Reads every table of the schema `app`. Needs no privilege beyond the catalogue's. */
export async function readCatalogue(client: pg.ClientBase): Promise<TableFacts[]> {
  const { rows: tables } = await client.query<TableRow>(TABLES);
  const oids = tables.map(({ oid }) => oid);
  const { rows: columns } = await client.query<ColumnRow>(COLUMNS, [oids]);
  const { rows: keys } = await client.query<KeyRow>(KEYS, [oids]);
  const { rows: foreignKeys } = await client.query<ForeignKeyRow>(FOREIGN_KEYS, [oids]);
  return tables.map(({ oid, name, may_delete }) => ({
    name,
    tenantMayDelete: may_delete,
    columns: columns.filter((column) => column.oid === oid).map(columnFacts),
    primaryKey: keys.find((key) => key.oid === oid && key.primary)?.columns ?? [],
    uniques: keys.filter((key) => key.oid === oid),
    foreignKeys: foreignKeys.filter((key) => key.oid === oid).map((key) => ({ ...key, targetColumns: key.target_columns })),
  }));
}

function columnFacts({ name, type, required, identity, allowed, may_select, may_insert, may_update }: ColumnRow): ColumnFacts {
  return { name, type, required, identity, allowed, tenantMay: { select: may_select, insert: may_insert, update: may_update } };
}
