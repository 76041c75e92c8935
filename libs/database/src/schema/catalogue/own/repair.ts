import { escapeIdentifier } from 'pg';
import type { Difference } from '../../compare/difference.js';
import type { FactValue } from '../fact.js';
import { tableOf } from './keys.js';
import type { LockMode, RepairStatement } from './own-fact-kind.js';

export type Changed = Extract<Difference, { verb: 'changed' }>;
export type Repair = (difference: Difference) => readonly RepairStatement[];

/** A repair of a changed attribute. */
export function whenChanged(make: (difference: Changed) => readonly RepairStatement[]): Repair {
  return (difference) => (difference.verb === 'changed' ? make(difference) : []);
}

/** `ALTER TABLE` on the table that the fact belongs to. */
export function alterTable(difference: Difference, action: string, lock: LockMode, more: Omit<RepairStatement, 'sql' | 'lock'> = {}): RepairStatement {
  return { sql: `ALTER TABLE ${tableOf(difference.fact)} ${action}`, lock, ...more };
}

/** What only an administrator may run; no table is locked by it. */
export function byAdministrator(sql: string): RepairStatement {
  return { sql, lock: 'NONE', as: 'administrator' };
}

/** A list of texts, whatever the value is. */
export function texts(value: FactValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A value as it stands in a statement; nothing for what is no single value. */
export function textOf(value: FactValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/**
 * What turns options (`fillfactor=80`) from one list into the other: `RESET (…)` and `SET (…)`, those that are needed.
 * @param prefix stands before each name: `toast.`
 */
export function optionActions({ expected, actual }: Changed, prefix = ''): string[] {
  const wanted = new Map(texts(expected).map(split));
  const found = new Map(texts(actual).map(split));
  const gone = [...found.keys()].filter((name) => !wanted.has(name)).map((name) => prefix + optionName(name));
  const set = [...wanted].filter(([name, value]) => found.get(name) !== value).map(([name, value]) => `${prefix}${optionName(name)} = ${quoted(value)}`);
  return [...(gone.length === 0 ? [] : [`RESET (${gone.join(', ')})`]), ...(set.length === 0 ? [] : [`SET (${set.join(', ')})`])];
}

/** Splits `name=value` at the first sign. */
export function split(option: string): readonly [name: string, value: string] {
  const at = option.indexOf('=');
  return at < 0 ? [option, ''] : [option.slice(0, at), option.slice(at + 1)];
}

function optionName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : escapeIdentifier(name);
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
