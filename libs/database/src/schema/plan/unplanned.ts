import pg from 'pg';
import type { FactValue } from '../catalogue/fact.js';
import type { RepairStatement } from '../catalogue/own/own-fact-kind.js';
import type { Difference } from '../compare/difference.js';

const q = pg.escapeIdentifier;

type Changed = Extract<Difference, { verb: 'changed' }>;

/** What the library compares and has no statement for, by `kind.attribute`. */
export const UNPLANNED: Readonly<Record<string, (difference: Changed) => readonly RepairStatement[]>> = {
  'column.identity': ({ expected, actual }) => {
    const [wanted, found] = [qualifiedName(part(expected, 'sequence')), qualifiedName(part(actual, 'sequence'))];
    if (wanted === undefined || found === undefined || wanted.schema !== found.schema || wanted.name === found.name) return [];
    return [{ sql: `ALTER SEQUENCE ${q(found.schema)}.${q(found.name)} RENAME TO ${q(wanted.name)}`, lock: 'NONE' }];
  },
  'table.parentTable': ({ fact, expected, actual }) => {
    const [wanted, found] = [qualifiedName(expected), qualifiedName(actual)];
    const onTable = `ALTER TABLE app.${q(fact.table ?? '')}`;
    return [
      ...(found === undefined ? [] : [inherits(`${onTable} NO INHERIT ${q(found.schema)}.${q(found.name)}`)]),
      ...(wanted === undefined ? [] : [inherits(`${onTable} INHERIT ${q(wanted.schema)}.${q(wanted.name)}`)]),
    ];
  },
};

function inherits(sql: string): RepairStatement {
  return { sql, lock: 'ACCESS EXCLUSIVE' };
}

function part(value: FactValue, name: string): FactValue {
  return isRecord(value) ? (value[name] ?? null) : null;
}

function qualifiedName(value: FactValue): { readonly schema: string; readonly name: string } | undefined {
  if (!isRecord(value)) return undefined;
  const { schema, name } = value;
  return typeof schema === 'string' && typeof name === 'string' ? { schema, name } : undefined;
}

function isRecord(value: FactValue): value is { readonly [name: string]: FactValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
