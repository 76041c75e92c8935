import { newId } from '../../ids.js';
import type { ColumnShape, EntityShape } from './entity-shape.js';
import { PropertyRefusedError } from './errors.js';
import { entriesOf, StatementValues } from './values.js';

/** A statement as text with positions, and its values. */
export interface PositionalStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Whether its text recurs, so that preparing it under a name pays. */
  readonly recurs: boolean;
}

const MAX_PARAMETERS = 65_535;

/** What to do with a row whose key exists. */
export interface OnConflict {
  readonly columns: readonly ColumnShape[];
  /** By default everything given but the key and what may not change. */
  readonly update: readonly ColumnShape[] | null;
}

/**
 * INSERT … VALUES for all rows, split where PostgreSQL's number of parameters ends. Ids made here are filled in; what a row
 * leaves out takes its default.
 * @throws UnknownPropertyError; PropertyRefusedError for another organization's id
 */
export function compileInsert(shape: EntityShape, rows: readonly object[], orgId: string, conflict: OnConflict | null): PositionalStatement[] {
  const complete = rows.map((row) => completeRow(shape, row, orgId));
  const columns = shape.columns.filter(({ property }) => complete.some((row) => row.has(property)));
  const chunk = Math.max(1, Math.floor(MAX_PARAMETERS / Math.max(1, columns.length)));
  const statements: PositionalStatement[] = [];
  for (let from = 0; from < complete.length; from += chunk) {
    statements.push(insertStatement(shape, columns, complete.slice(from, from + chunk), conflict));
  }
  return statements;
}

function completeRow(shape: EntityShape, row: object, orgId: string): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [property, value] of entriesOf(row)) {
    if (value !== undefined) values.set(shape.column(property).property, value);
  }
  const { scope } = shape;
  if (scope !== null && scope.property === 'orgId') {
    const given = values.get('orgId');
    if (given !== undefined && given !== orgId) {
      throw new PropertyRefusedError(shape.entity, 'orgId', "it is another organization than the connection's. Leave it away.");
    }
    if (shape.insertsScope) values.set('orgId', orgId);
    else values.delete('orgId');
  }
  for (const { property, isMadeHere } of shape.columns) if (isMadeHere && !values.has(property)) values.set(property, newId());
  return values;
}

function insertStatement(
  shape: EntityShape,
  columns: readonly ColumnShape[],
  rows: readonly Map<string, unknown>[],
  conflict: OnConflict | null,
): PositionalStatement {
  const values = new StatementValues();
  const tuples = rows.map((row) => {
    const cells = columns.map((column) => (row.has(column.property) ? values.add(row.get(column.property), column) : 'default'));
    return `(${cells.join(', ')})`;
  });
  const into = columns.length === 0 ? ' default values' : ` (${columns.map(({ sql }) => sql).join(', ')}) values ${tuples.join(', ')}`;
  const text = `insert into ${shape.table}${into}${conflict === null ? '' : conflictClause(shape, columns, conflict)} returning ${shape.selectList}`;
  return { text, values: values.values, recurs: rows.length === 1 };
}

function conflictClause(shape: EntityShape, columns: readonly ColumnShape[], conflict: OnConflict): string {
  const keys = shape.scope === null ? [] : [shape.scope, ...conflict.columns.filter((column) => column !== shape.scope)];
  const target = (keys.length === 0 ? conflict.columns : keys).map(({ sql }) => sql).join(', ');
  const isKey = new Set(conflict.columns.map(({ property }) => property));
  const update = conflict.update ?? columns.filter((column) => column.isUpdatable && !isKey.has(column.property));
  const refused = update.find((column) => !column.isUpdatable);
  if (refused !== undefined) throw new PropertyRefusedError(shape.entity, refused.property, 'it is never updated.');
  if (update.length === 0) return ` on conflict (${target}) do nothing`;
  return ` on conflict (${target}) do update set ${update.map(({ sql }) => `${sql} = excluded.${sql}`).join(', ')}`;
}

/**
 * The SET list of an update; properties that are undefined are left alone.
 * @throws UnknownPropertyError; PropertyRefusedError for keys, for the organization, and when nothing is left to set
 */
export function compileSet(shape: EntityShape, set: object, values: StatementValues): string {
  const assignments: string[] = [];
  for (const [property, value] of entriesOf(set)) {
    const column = shape.column(property);
    if (value === undefined) continue;
    if (!column.isUpdatable) throw new PropertyRefusedError(shape.entity, property, 'it is never updated.');
    assignments.push(`${column.sql} = ${values.add(value, column)}`);
  }
  if (assignments.length === 0) throw new PropertyRefusedError(shape.entity, '*', 'an update sets at least one property.');
  return assignments.join(', ');
}
