import type { SchemaFact } from '../../catalogue/fact.js';

/** A name as it stands in a key: in quotes where it holds something special. */
function encoded(name: string): string {
  return /[.:(),"\s]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** `table:app.run` */
export function tableKey(table: string): string {
  return `table:app.${encoded(table)}`;
}

/** `column:app.run.status` */
export function columnKey(table: string, column: string): string {
  return `column:app.${encoded(table)}.${encoded(column)}`;
}

/** The name of a column, a constraint, an index … without schema and table. */
export function ownName({ name, table }: SchemaFact): string {
  const prefix = `app.${table ?? ''}.`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name.replace(/^app\./, '');
}

/** An attribute that is a text, as PostgreSQL prints it; empty where there is none. */
export function textOf(fact: SchemaFact | undefined, attribute: string): string {
  const value = fact?.attributes[attribute];
  return typeof value === 'string' ? value : '';
}
