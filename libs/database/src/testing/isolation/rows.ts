import type pg from 'pg';
import { newId } from '../../ids.js';
import { PlinthError } from '../../errors.js';
import type { ColumnFacts, TableFacts } from './catalogue.js';

export type PlainRow = Record<string, unknown>;

/** The rows of one organization: one of each table. */
export type OrganizationRows = ReadonlyMap<string, PlainRow>;

export class RowFactoryError extends PlinthError {
  readonly code = 'ISOLATION_ROW_FACTORY';
  readonly family = 'bug';
}

const DAY_MS = 86_400_000;

/** Values that a type alone cannot give, because a CHECK ties columns together. */
const OVERRIDES: Readonly<Record<string, () => PlainRow>> = {
  file_share: () => ({ shared_with_user_id: null, link_token_hash: null }),
  organization_usage: () => ({ period_start: new Date(), period_end: new Date(Date.now() + DAY_MS) }),
};

/** Tables whose rows exist before any other. */
const ROOTS = ['user', 'organization', 'organization_user'];

let lastNumber = 0;

function nextNumber(): number {
  lastNumber += 1;
  return lastNumber;
}

const BY_TYPE: Readonly<Record<string, () => unknown>> = {
  uuid: () => newId(),
  bigint: () => String(nextNumber()),
  integer: () => nextNumber(),
  smallint: () => nextNumber(),
  numeric: () => '1',
  boolean: () => true,
  jsonb: () => '{}',
  'timestamp with time zone': () => new Date(),
  'text[]': () => [],
  'character varying[]': () => [],
  inet: () => '127.0.0.1',
  character: () => 'EUR',
};

/** Tables ordered so that each comes after those it must point at. @throws RowFactoryError on a cycle of required keys. */
export function inDependencyOrder(tables: readonly TableFacts[]): TableFacts[] {
  const done = new Set<string>(ROOTS);
  const ordered: TableFacts[] = [];
  let waiting = tables.filter(({ name }) => !ROOTS.includes(name));
  while (waiting.length > 0) {
    const ready = waiting.filter((table) => table.foreignKeys.every((key) => key.target === table.name || done.has(key.target)));
    const next = ready.length > 0 ? ready : waiting.filter((table) => requiredTargets(table).every((target) => done.has(target)));
    if (next.length === 0)
      throw new RowFactoryError(`These tables require each other: ${waiting.map(({ name }) => `"${name}"`).join(', ')}. Make one of the keys nullable.`);
    for (const table of next) {
      ordered.push(table);
      done.add(table.name);
    }
    waiting = waiting.filter((table) => !done.has(table.name));
  }
  return ordered;
}

function requiredTargets(table: TableFacts): string[] {
  const required = new Set(table.columns.filter((column) => column.required).map(({ name }) => name));
  return table.foreignKeys.filter((key) => key.columns.some((column) => column !== 'org_id' && required.has(column))).map(({ target }) => target);
}

/** Whether a key allows one row a parent at most, and no table points at this one: a second parent stays free for a new row. */
export function isOnePerParent(table: TableFacts, tables: readonly TableFacts[]): boolean {
  if (tables.some(({ foreignKeys }) => foreignKeys.some(({ target }) => target === table.name))) return false;
  const ofParent = (columns: readonly string[]): boolean =>
    table.foreignKeys.some((key) => key.target !== 'organization' && columns.every((name) => name === 'org_id' || key.columns.includes(name)));
  return table.uniques.some(({ columns }) => columns.some((name) => name !== 'org_id') && ofParent(columns));
}

/**
 * A new row of `table` for one organization, pointing only at that organization's rows. `suffix` makes its texts differ
 * from another row's. The foreign keys take their rows from `parents` in turn: a row made from two sets of parents does not collide
 * in a key made of references with a row made from one.
 */
export function makeRow(table: TableFacts, orgId: string, parents: readonly OrganizationRows[], suffix: string): PlainRow {
  const row: PlainRow = {};
  for (const column of table.columns) {
    if (column.name === 'org_id') row['org_id'] = orgId;
    else if (isNeeded(table, column)) row[column.name] = valueFor(table, column, suffix);
  }
  const references = table.foreignKeys.filter(({ target }) => target !== table.name && target !== 'organization');
  for (const [index, key] of references.entries()) {
    const target = parents[index % parents.length]?.get(key.target);
    if (target === undefined) continue;
    key.columns.forEach((column, place) => {
      if (column !== 'org_id') row[column] = target[key.targetColumns[place] ?? ''];
    });
  }
  return { ...row, ...OVERRIDES[table.name]?.() };
}

function isNeeded(table: TableFacts, column: ColumnFacts): boolean {
  if (column.identity) return false;
  return column.required || table.uniques.some(({ columns }) => columns.includes(column.name));
}

function valueFor(table: TableFacts, column: ColumnFacts, suffix: string): unknown {
  if (column.allowed !== null) return column.allowed;
  const make = BY_TYPE[column.type];
  if (make !== undefined) return make();
  if (column.type === 'character varying' || column.type === 'text') return textFor(column.name, suffix);
  throw new RowFactoryError(`No value is known for column "${table.name}.${column.name}" of type "${column.type}". Add the type to BY_TYPE.`);
}

function textFor(column: string, suffix: string): string {
  return column.includes('email') || column.includes('address') ? `${column}-${suffix}@example.test` : `${column}-${suffix}`;
}

/** Inserts past row security and gives back the whole row. */
export async function insertRow(admin: pg.ClientBase, table: string, row: PlainRow): Promise<PlainRow> {
  const { text, values } = insertStatement(table, row);
  const { rows } = await admin.query<PlainRow>(`${text} returning *`, values);
  return rows[0] ?? row;
}

export function insertStatement(table: string, row: PlainRow): { text: string; values: unknown[] } {
  const columns = Object.keys(row);
  const names = columns.map(quote).join(', ');
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  return { text: `insert into app.${quote(table)} (${names}) values (${places})`, values: Object.values(row) };
}

/** An identifier as SQL writes it. */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
