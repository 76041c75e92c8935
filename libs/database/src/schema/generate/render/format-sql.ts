import { tableParts } from './split-list.js';

/**
 * A statement as a person reads it, at a depth of `indent`: a new table with a line for each column and constraint. Adds white space between
 * columns alone, never in a text.
 */
export function formatSql(sql: string, indent: string): string {
  const table = tableParts(sql);
  if (table === undefined) return sql;
  return `${table.head}(\n${table.parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent})`;
}
