import { OBJECT_KINDS, type InventoryItem, type ObjectKind } from '../history/inventory.js';
import type { AddedTable, SchemaVersion } from '../history/schema-version.js';
import { shortType } from '../facts/read-catalogue-tables.js';
import { plainSql } from './sql-text.js';

/** One line of the change log; `code` parts are names or SQL. */
export interface ChangeLine {
  readonly verb: 'added' | 'dropped' | 'changed';
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

/** Definitions longer than this, and bodies of functions, are not repeated: the migration has them. */
const LONGEST = 160;

/** What a migration did, in lines: whole tables first, then the rest by kind. */
export function changeLines(version: SchemaVersion): ChangeLine[] {
  return [
    ...version.addedTables.map((table): ChangeLine => ({ verb: 'added', kind: 'table', name: table.name, text: partsText(table) })),
    ...version.droppedTables.map((name): ChangeLine => ({ verb: 'dropped', kind: 'table', name, text: 'with everything on it' })),
    ...inOrder(version.added, ({ kind }) => kind).map((item): ChangeLine => ({ verb: 'added', kind: item.kind, name: nameOf(item), text: definitionOf(item) })),
    ...inOrder(version.changed, ({ after }) => after.kind).map(({ before, after }): ChangeLine => ({
      verb: 'changed',
      kind: after.kind,
      name: nameOf(after),
      text: changeText(before, after),
    })),
    ...inOrder(version.dropped, ({ kind }) => kind).map((item): ChangeLine => ({ verb: 'dropped', kind: item.kind, name: nameOf(item), text: '' })),
    ...commentLine(version),
  ];
}

function inOrder<Item>(items: readonly Item[], kindOf: (item: Item) => ObjectKind): Item[] {
  return OBJECT_KINDS.flatMap((kind) => items.filter((item) => kindOf(item) === kind));
}

const PLURALS: Readonly<Partial<Record<ObjectKind, string>>> = { index: 'indexes', policy: 'policies', 'row security': 'row security' };

function partsText({ parts }: AddedTable): string {
  const counted = OBJECT_KINDS.filter((kind) => kind !== 'table' && kind !== 'row security' && kind !== 'comment').flatMap((kind) => {
    const count = parts[kind] ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? kind : (PLURALS[kind] ?? `${kind}s`)}`];
  });
  return counted.join(', ');
}

function nameOf({ table, name, kind }: InventoryItem): string {
  if (table === null || kind === 'row security') return name;
  return kind === 'column' ? `${table}.${name}` : `${name} on ${table}`;
}

function definitionOf({ kind, definition }: InventoryItem): string {
  if (kind === 'function' || kind === 'view') return '';
  const plain = kind === 'column' ? shortType(definition).replace(/('(?:[^']|'')*')::[\w ]+/, '$1') : plainSql(definition.replace(/^CHECK /, ''));
  return plain.length > LONGEST ? '' : plain;
}

function changeText(before: InventoryItem, after: InventoryItem): string {
  const [from, to] = [definitionOf(before), definitionOf(after)];
  return from === '' || to === '' ? 'the definition' : `${from} → ${to}`;
}

function commentLine({ comments: { tables, columns } }: SchemaVersion): ChangeLine[] {
  if (tables + columns === 0) return [];
  const counts = [
    tables === 0 ? '' : `${tables} ${tables === 1 ? 'table' : 'tables'}`,
    columns === 0 ? '' : `${columns} ${columns === 1 ? 'column' : 'columns'}`,
  ];
  return [{ verb: 'changed', kind: 'comment', name: counts.filter(Boolean).join(' and '), text: '' }];
}
