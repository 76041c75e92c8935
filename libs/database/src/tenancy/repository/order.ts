import type { ColumnShape, EntityShape } from './entity-shape.js';
import { PropertyRefusedError } from './errors.js';
import { entriesOf } from './values.js';

/** One column to sort by. */
export interface OrderColumn {
  readonly column: ColumnShape;
  readonly descending: boolean;
}

/** The columns to sort by. @throws UnknownPropertyError, PropertyRefusedError for a direction that is none */
export function compileOrder(shape: EntityShape, order: object | undefined): OrderColumn[] {
  return entriesOf(order ?? {}).map(([property, direction]) => {
    const column = shape.column(property);
    if (direction !== 'asc' && direction !== 'desc') throw new PropertyRefusedError(shape.entity, property, 'an order is "asc" or "desc".');
    return { column, descending: direction === 'desc' };
  });
}

/**
 * The order made unambiguous by the key of the row, which follows the direction of the last column asked for. Where a table has
 * a public key beside its serial one it is the public one: a cursor holds what it sorts by, and a serial key tells how much
 * other organizations do.
 */
export function withTieBreak(shape: EntityShape, order: readonly OrderColumn[]): OrderColumn[] {
  const descending = order.at(-1)?.descending ?? false;
  const named = new Set(order.map(({ column }) => column.property));
  const publicKey = shape.columns.filter(({ property }) => property === 'uid');
  const key = publicKey.length > 0 ? publicKey : shape.primary.filter((column) => column !== shape.scope);
  return [...order, ...key.filter(({ property }) => !named.has(property)).map((column) => ({ column, descending }))];
}

/** ` order by a, b desc`, or nothing. */
export function orderClause(order: readonly OrderColumn[]): string {
  if (order.length === 0) return '';
  return ` order by ${order.map(({ column, descending }) => `${column.sql}${descending ? ' desc' : ''}`).join(', ')}`;
}
