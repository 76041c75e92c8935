import { escapeIdentifier, type ClientBase } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { qualified } from '../table-shape.js';

/** A literal as PostgreSQL prints it, with its casts: nothing that would have to be called. */
const CONSTANT = /^(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)(?:::[\w "[\](),]+)?$/;

const DEFAULTS = `
select a.attname as column, pg_get_expr(d.adbin, d.adrelid) as expression
from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attrelid = $1::regclass and a.attname = any ($2)`;

/**
 * Which of these columns hold something in any row: a value that is neither null nor the column's constant default. One that a repair
 * has just put back holds nothing yet.
 */
export async function columnsWithValues(client: ClientBase, table: string, columns: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ column: string; expression: string }>(DEFAULTS, [`${SCHEMA}.${escapeIdentifier(table)}`, columns]);
  const holding: string[] = [];
  for (const column of columns) {
    const value = escapeIdentifier(column);
    const constant = rows.find((row) => row.column === column && CONSTANT.test(row.expression))?.expression;
    const empty = constant === undefined ? `${value} is null` : `(${value} is null or ${value}::text = (${constant})::text)`;
    const found = await client.query(`select from ${qualified(table)} where not (${empty}) limit 1`);
    if (found.rowCount !== 0) holding.push(column);
  }
  return holding;
}
