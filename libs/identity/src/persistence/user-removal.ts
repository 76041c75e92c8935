import type { Sql } from '#database';
import type { ColumnRows, TableRows } from '../system-admin/removal-preview.js';
import { joined, nameIn, rowsThatGo, tablesThatGo } from '../system-admin/reference-graph.js';
import type { Reference } from './references.js';

export const USER_TABLE = 'app."user"';
const SCHEMA = 'app.';

/** References to a user that remember who made or answered something: they can name somebody else, and cascade. */
function givable(references: readonly Reference[]): Reference[] {
  return references.filter(
    ({ parent, onDelete, columns, nullableColumns }) => parent === USER_TABLE && onDelete === 'CASCADE' && columns.length === 1 && nullableColumns.length === 1,
  );
}

/** How many rows of which tables would go with the user; the tables that `sql` may not read are left to {@link countProofs}. */
export async function countGoing(sql: Sql, references: readonly Reference[], userId: string): Promise<TableRows[]> {
  const readable = references.filter(({ isReadable }) => isReadable);
  const tables = tablesThatGo(readable, USER_TABLE);
  const nameOf = nameIn(tables);
  const counts = tables.slice(1).map((table) => `select '${labelOf(table)}' as "table", count(*)::int as rows from ${nameOf(table)}`);
  if (counts.length === 0) return [];
  const rows = await sql.query<TableRows>(`with recursive ${rowsThatGo(readable, tables)} ${counts.join(' union all ')}`, { user: userId });
  return rows.filter((count) => count.rows > 0);
}

/** As {@link countGoing}, for tables that only `app_auth` may read. */
export async function countProofs(auth: Sql, references: readonly Reference[], userId: string): Promise<TableRows[]> {
  const hidden = references.filter(({ isReadable, parent, onDelete }) => !isReadable && parent === USER_TABLE && onDelete === 'CASCADE');
  const counts = hidden.map(
    ({ child, columns }) => `select '${labelOf(child)}' as "table", count(*)::int as rows from ${child} where ${columns.join('')} = :user`,
  );
  if (counts.length === 0) return [];
  return (await auth.query<TableRows>(counts.join(' union all '), { user: userId })).filter((count) => count.rows > 0);
}

/** How many rows would stay and forget the user, by table and column. */
export async function countForgetting(sql: Sql, references: readonly Reference[], userId: string): Promise<ColumnRows[]> {
  const counts = references
    .filter(({ isReadable, parent, onDelete }) => isReadable && parent === USER_TABLE && onDelete === 'SET NULL')
    .map(({ child, columns }) => {
      const column = columns.join('');
      return `select '${labelOf(child)}' as "table", '${column}' as "column", count(*)::int as rows from ${child} where ${column} = :user`;
    });
  if (counts.length === 0) return [];
  return (await sql.query<ColumnRows>(counts.join(' union all '), { user: userId })).filter((count) => count.rows > 0);
}

/** The organizations in which rows would be given to `keeper`, and they do not belong to. */
export async function organizationsWithout(
  sql: Sql,
  references: readonly Reference[],
  userId: string,
  keeper: string,
  more: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const touched = givable(references).map(({ child, columns }) => `select org_id from ${child} where ${columns.join('')} = :user`);
  return sql.query<{ id: string; name: string }>(
    `select o.id, o.name from app.organization o
      where o.id in (${[...touched, 'select unnest(:more::uuid[])'].join(' union ')})
        and not exists (select from app.organization_user m where m.org_id = o.id and m.user_id = :keeper)
      order by o.id`,
    { user: userId, keeper, more: [...more] },
  );
}

/** Gives what a user made or answered, and what would go with them, to somebody else. */
export async function giveRows(sql: Sql, references: readonly Reference[], userId: string, keeper: string): Promise<void> {
  for (const { child, columns } of givable(references)) {
    const column = columns.join('');
    await sql.execute(`update ${child} set ${column} = :keeper where ${column} = :user`, { user: userId, keeper });
  }
}

/** Lets go of rows that will go with the user, where others that stay only remember them: those references would stop the deletion. */
export async function clearReferences(sql: Sql, references: readonly Reference[], userId: string): Promise<void> {
  const readable = references.filter(({ isReadable }) => isReadable);
  const tables = tablesThatGo(readable, USER_TABLE);
  const nameOf = nameIn(tables);
  for (const reference of readable) {
    const { child, parent, onDelete, nullableColumns } = reference;
    if (onDelete !== 'NO ACTION' || nullableColumns.length === 0 || !tables.includes(parent)) continue;
    const reset = nullableColumns.map((column) => `${column} = null`).join(', ');
    await sql.execute(`with recursive ${rowsThatGo(readable, tables)} update ${child} c set ${reset} from ${nameOf(parent)} p where ${joined(reference)}`, {
      user: userId,
    });
  }
}

/** A table's name as people know it. */
function labelOf(table: string): string {
  return table.slice(SCHEMA.length).replaceAll('"', '').replaceAll("'", "''");
}
