import type { InventoryItem, ObjectKind } from './inventory.js';

export interface ChangedItem {
  readonly before: InventoryItem;
  readonly after: InventoryItem;
}

/** A table that a migration made, with what it came with, counted by kind. */
export interface AddedTable {
  readonly name: string;
  readonly parts: Readonly<Partial<Record<ObjectKind, number>>>;
}

/** What one migration made of the schema: a version of the models. */
export interface SchemaVersion {
  /** As in the journal. */
  readonly migration: string;
  /** YYYY-MM-DD, from the migration's timestamp. */
  readonly date: string;
  readonly addedTables: readonly AddedTable[];
  readonly droppedTables: readonly string[];
  /** Without what came or went with a whole table, and without comments. */
  readonly added: readonly InventoryItem[];
  readonly dropped: readonly InventoryItem[];
  readonly changed: readonly ChangedItem[];
  /** How many tables and columns got another comment, those of new tables aside. */
  readonly comments: { readonly tables: number; readonly columns: number };
  /** Tables and columns afterwards. */
  readonly total: { readonly tables: number; readonly columns: number };
}

const keyOf = ({ kind, table, name }: InventoryItem): string => JSON.stringify([kind, table, name]);

/** Compares the schema before and after a migration. @param migration name with its timestamp, as in the journal */
export function versionOf(migration: string, before: readonly InventoryItem[], after: readonly InventoryItem[]): SchemaVersion {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const now = new Map(after.map((item) => [keyOf(item), item]));
  const added = after.filter((item) => !old.has(keyOf(item)));
  const dropped = before.filter((item) => !now.has(keyOf(item)));
  const changed = after.flatMap((item) => {
    const earlier = old.get(keyOf(item));
    return earlier === undefined || earlier.definition === item.definition ? [] : [{ before: earlier, after: item }];
  });
  const newTables = tablesOf(added);
  const goneTables = tablesOf(dropped);
  const alone = (tables: readonly string[], { kind, table }: InventoryItem): boolean =>
    kind !== 'table' && kind !== 'comment' && (table === null || !tables.includes(table));
  return {
    migration,
    date: dateOf(migration),
    addedTables: newTables.map((name) => ({ name, parts: countKinds(added.filter(({ table }) => table === name)) })),
    droppedTables: goneTables,
    added: added.filter((item) => alone(newTables, item)),
    dropped: dropped.filter((item) => alone(goneTables, item)),
    changed: changed.filter(({ after: { kind } }) => kind !== 'comment'),
    comments: countComments([...added, ...dropped, ...changed.map((change) => change.after)], [...newTables, ...goneTables]),
    total: { tables: count(after, 'table'), columns: count(after, 'column') },
  };
}

function dateOf(migration: string): string {
  return new Date(Number(/\d{13}$/.exec(migration)?.[0])).toISOString().slice(0, 10);
}

function tablesOf(items: readonly InventoryItem[]): string[] {
  return items.filter(({ kind }) => kind === 'table').map(({ name }) => name);
}

function count(items: readonly InventoryItem[], kind: ObjectKind): number {
  return items.filter((item) => item.kind === kind).length;
}

function countKinds(items: readonly InventoryItem[]): Partial<Record<ObjectKind, number>> {
  const parts: Partial<Record<ObjectKind, number>> = {};
  for (const { kind } of items) parts[kind] = (parts[kind] ?? 0) + 1;
  return parts;
}

/** One for each table or column, also where it was both taken away and given. */
function countComments(items: readonly InventoryItem[], whole: readonly string[]): SchemaVersion['comments'] {
  const own = items.filter(({ kind, table }) => kind === 'comment' && !whole.includes(table ?? ''));
  return { tables: own.filter(({ name }) => name === '').length, columns: own.filter(({ name }) => name !== '').length };
}
