import type { KeyFacts, ReferenceFacts, TableFacts } from '../facts/table-facts.js';
import { lowerKeywords, plainSql } from './sql-text.js';

/** One key, reference, check or index of a table, in words. */
export interface KeyLine {
  readonly name: string;
  readonly kind: 'primary key' | 'unique' | 'reference' | 'check' | 'exclude' | 'index' | 'unique index';
  /** SQL. */
  readonly text: string;
  /** Of a reference: the table it points at. */
  readonly target?: string;
}

/** Everything that keeps a table's rows in order, in a fixed order: keys, references, checks, indexes. */
export function keyLines(table: TableFacts): KeyLine[] {
  const lines = table.keys.map((key): KeyLine => ({ name: key.name, kind: key.kind, text: keyText(key) }));
  return [
    ...lines.filter(({ kind }) => kind !== 'check'),
    ...table.references.map((reference): KeyLine => ({ name: reference.name, kind: 'reference', text: referenceText(reference), target: reference.target })),
    ...lines.filter(({ kind }) => kind === 'check'),
    ...table.indexes.map((index): KeyLine => ({ name: index.name, kind: index.unique ? 'unique index' : 'index', text: indexText(index.definition) })),
  ];
}

function keyText({ kind, columns, definition }: KeyFacts): string {
  if (kind === 'check') return plainSql(definition.replace(/^CHECK /, ''));
  if (kind === 'exclude') return definition;
  const extras = definition.replace(/^(PRIMARY KEY|UNIQUE)/, '').replace(/ ?\([^)]*\)/, '');
  return `(${columns.join(', ')})${extras}`;
}

function referenceText({ columns, target, targetColumns, onDelete }: ReferenceFacts): string {
  return `(${columns.join(', ')}) → ${target} (${targetColumns.join(', ')}), on delete ${onDelete.toLowerCase()}`;
}

function indexText(definition: string): string {
  const [columns = '', where] = definition.split(' WHERE ');
  return where === undefined ? lowerKeywords(columns) : `${lowerKeywords(columns)} where ${plainSql(where)}`;
}

/** The values that a column's closed set allows, or nothing. */
export function closedSetOf(table: TableFacts, column: string): readonly string[] | undefined {
  const check = table.keys.find(
    (key) => key.kind === 'check' && key.columns.length === 1 && key.columns[0] === column && / = ANY \(ARRAY\[/.test(key.definition),
  );
  return check?.definition.match(/'(?:[^']|'')*'(?=::text)/g) ?? undefined;
}

/** The reference that a column carries to a row of its own meaning: the shortest one beside org_id, which most tables have. */
export function referenceOf(table: TableFacts, column: string): ReferenceFacts | undefined {
  const found = table.references.filter(({ columns }) => columns.at(-1) === column);
  return found.sort((one, other) => one.columns.length - other.columns.length)[0];
}

/** Whether a column is part of the primary key. */
export function isPrimary(table: TableFacts, column: string): boolean {
  return table.keys.some((key) => key.kind === 'primary key' && key.columns.includes(column));
}
