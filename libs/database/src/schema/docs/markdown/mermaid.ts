import type { AreaFacts, TableFacts } from '../facts/table-facts.js';
import { isPrimary } from '../present/keys.js';
import { relationsOf, type Relation } from '../present/relations.js';

/** The diagram of an area: its tables with the columns of their keys, and the tables next door. */
export function mermaidDiagram(area: AreaFacts): string[] {
  const { relations } = relationsOf(area);
  return [
    '```mermaid',
    'erDiagram',
    ...area.tables.flatMap((table) => entity(table, relations)),
    ...relations.map((relation) => `  ${relation.from} ${ends(relation)} ${relation.to} : ${relation.column}`),
    '```',
  ];
}

function entity(table: TableFacts, relations: readonly Relation[]): string[] {
  const referring = new Set(relations.filter(({ from }) => from === table.name).map(({ column }) => column));
  const shown = table.columns.filter(({ name }) => isPrimary(table, name) || referring.has(name));
  const line = (name: string, type: string): string => `    ${mermaidType(type)} ${name} ${keyMarks(isPrimary(table, name), referring.has(name))}`;
  return [`  ${table.name} {`, ...shown.map(({ name, type }) => line(name, type)), '  }'];
}

/** Mermaid takes letters, digits, underscores, parentheses and brackets. */
function mermaidType(type: string): string {
  return type.replace(/[^\w()[\]]+/g, '_');
}

function keyMarks(primary: boolean, referring: boolean): string {
  return [primary ? 'PK' : '', referring ? 'FK' : ''].filter(Boolean).join(', ');
}

/** Crow's feet: how many rows refer to one, and whether each row must. */
function ends({ required, single }: Relation): string {
  return `${single ? '|o' : '}o'}--${required ? '||' : 'o|'}`;
}
