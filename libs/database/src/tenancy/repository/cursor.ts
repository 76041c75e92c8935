import { createHash } from 'node:crypto';
import { isUuid } from '../../ids.js';
import type { ColumnShape, EntityShape } from './entity-shape.js';
import { InvalidCursorError } from './errors.js';
import type { OrderColumn } from './order.js';
import type { StatementValues } from './values.js';

/** Where a page ended: the values of its last row's order columns, as PostgreSQL writes them (a Date would lose microseconds). */
export type Position = readonly (string | null)[];

const PATTERNS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(smallint|integer|bigint)$/, /^-?\d{1,19}$/],
  [/^(numeric|real|double precision)$/, /^-?\d{1,40}(\.\d{1,40})?$/],
  [/^timestamp|^date$/, /^\d{4,6}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d{1,6})?([+-]\d\d(:\d\d){0,2})?)?$/],
  [/^boolean$/, /^(true|false|t|f)$/],
];

/** Writes a position down as an opaque text that only the same list takes back. */
export function encodeCursor(shape: EntityShape, order: readonly OrderColumn[], position: Position): string {
  return Buffer.from(JSON.stringify([listName(shape, order), ...position])).toString('base64url');
}

/** Reads a position back. @throws InvalidCursorError */
export function decodeCursor(shape: EntityShape, order: readonly OrderColumn[], cursor: string): Position {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== order.length + 1 || parts[0] !== listName(shape, order)) throw new InvalidCursorError();
  return order.map(({ column }, index) => {
    const value: unknown = parts[index + 1];
    if (value === null && column.isNullable) return null;
    if (typeof value !== 'string' || !fits(value, column)) throw new InvalidCursorError();
    return value;
  });
}

/** The condition that a row comes after `position`, nulls where PostgreSQL sorts them. */
export function afterPosition(order: readonly OrderColumn[], position: Position, values: StatementValues): string {
  const first = order[0];
  const isUniform = first !== undefined && order.every(({ column, descending }) => !column.isNullable && descending === first.descending);
  if (isUniform) {
    const columns = order.map(({ column }) => column.sql).join(', ');
    const placeholders = order.map(({ column }, index) => values.addText(position[index] ?? '', column)).join(', ');
    return `(${columns}) ${first.descending ? '<' : '>'} (${placeholders})`;
  }
  const placeholders = order.map(({ column }, index) => {
    const value = position[index] ?? null;
    return value === null ? null : values.addText(value, column);
  });
  const alternatives = order.map((key, index) => {
    const equal = order.slice(0, index).map(({ column }, before) => same(column, placeholders[before] ?? null));
    return `(${[...equal, beyond(key, placeholders[index] ?? null)].join(' and ')})`;
  });
  return `(${alternatives.join(' or ')})`;
}

function same(column: ColumnShape, placeholder: string | null): string {
  return placeholder === null ? `${column.sql} is null` : `${column.sql} = ${placeholder}`;
}

function beyond({ column, descending }: OrderColumn, placeholder: string | null): string {
  if (descending) return placeholder === null ? `${column.sql} is not null` : `${column.sql} < ${placeholder}`;
  if (placeholder === null) return 'false';
  return column.isNullable ? `(${column.sql} > ${placeholder} or ${column.sql} is null)` : `${column.sql} > ${placeholder}`;
}

function parse(cursor: string): unknown {
  if (!/^[A-Za-z0-9_-]{1,4096}$/.test(cursor)) throw new InvalidCursorError();
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCursorError();
  }
}

function fits(value: string, column: ColumnShape): boolean {
  if (value.includes('\0')) return false;
  if (column.type === 'uuid') return isUuid(value);
  const pattern = PATTERNS.find(([type]) => type.test(column.type))?.[1];
  return pattern === undefined || pattern.test(value);
}

function listName(shape: EntityShape, order: readonly OrderColumn[]): string {
  const text = `${shape.table}:${order.map(({ column, descending }) => `${column.name} ${String(descending)}`).join(',')}`;
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
