import type { ColumnShape, EntityShape } from './entity-shape.js';
import { PropertyRefusedError } from './errors.js';
import { entriesOf, type StatementValues } from './values.js';

const COMPARISONS: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };
const OPERATORS = new Set([...Object.keys(COMPARISONS), 'ne', 'in', 'contains', 'isNull']);

/**
 * The conditions of a statement, the organization's first.
 * @throws UnknownPropertyError; PropertyRefusedError for an undefined value, which would silently mean every row
 */
export function compileWhere(shape: EntityShape, where: object | undefined, orgId: string, values: StatementValues): string[] {
  const conditions = shape.scope === null ? [] : [`${shape.scope.sql} = ${values.add(orgId, shape.scope)}`];
  for (const [property, value] of entriesOf(where ?? {})) {
    const column = shape.column(property);
    if (value === undefined) throw new PropertyRefusedError(shape.entity, property, 'its value is undefined. Pass null for IS NULL, or leave it away.');
    conditions.push(...conditionsOf(shape, column, value, values));
  }
  return conditions;
}

/** ` where a and b`, or nothing. */
export function whereClause(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
}

function conditionsOf(shape: EntityShape, column: ColumnShape, value: unknown, values: StatementValues): string[] {
  if (value === null) return [`${column.sql} is null`];
  if (Array.isArray(value) && !column.isArray && !column.isJson) return [`${column.sql} = any(${values.addList(value, column)})`];
  if (isComparison(value, column)) {
    return entriesOf(value).map(([operator, operand]) => compare(shape, column, operator, operand, values));
  }
  return [`${column.sql} = ${values.add(value, column)}`];
}

/** A plain object is a comparison; on a json column only if it holds nothing but operators. */
function isComparison(value: unknown, column: ColumnShape): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date || Buffer.isBuffer(value)) return false;
  const keys = Object.keys(value);
  return !column.isJson || (keys.length > 0 && keys.every((key) => OPERATORS.has(key)));
}

function compare(shape: EntityShape, column: ColumnShape, operator: string, operand: unknown, values: StatementValues): string {
  const refuse = (reason: string): never => {
    throw new PropertyRefusedError(shape.entity, column.property, reason);
  };
  if (operand === undefined) refuse(`the operand of "${operator}" is undefined.`);
  const sign = COMPARISONS[operator];
  if (sign !== undefined) return operand === null ? refuse(`"${operator}" takes no null.`) : `${column.sql} ${sign} ${values.add(operand, column)}`;
  switch (operator) {
    case 'ne':
      return operand === null ? `${column.sql} is not null` : `${column.sql} is distinct from ${values.add(operand, column)}`;
    case 'in':
      return Array.isArray(operand) ? `${column.sql} = any(${values.addList(operand, column)})` : refuse('"in" takes a list.');
    case 'contains':
      return column.isArray || column.isJson ? `${column.sql} @> ${values.add(operand, column)}` : refuse('"contains" is for arrays.');
    case 'isNull':
      return operand === true ? `${column.sql} is null` : `${column.sql} is not null`;
    default:
      return refuse(`there is no comparison "${operator}". There are ${[...OPERATORS].join(', ')}.`);
  }
}
