import { createHash } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Set on a runner that only writes down what it is asked for: a data step then skips what it would assert. */
export const RECORDS_ONLY = Symbol('records only');

/** One call that a migration made: `query` with its text and parameters, or another method of TypeORM's query runner. */
export type RecordedCall = readonly [method: string, ...parameters: readonly unknown[]];

/**
 * What a migration asks for, without a database. Queries answer no rows and everything else undefined: a migration of frozen SQL shows
 * itself whole, one that goes by what it reads as far as it comes without.
 */
export async function recordCalls(migration: MigrationInterface, direction: 'up' | 'down'): Promise<RecordedCall[]> {
  const calls: RecordedCall[] = [];
  const runner = new Proxy<object>(
    {},
    {
      get: (_target, property) => {
        if (property === RECORDS_ONLY) return true;
        if (typeof property === 'symbol' || property === 'then') return undefined;
        return (...parameters: unknown[]) => {
          calls.push([property, ...parameters]);
          return Promise.resolve(property === 'query' ? [] : undefined);
        };
      },
    },
  );
  try {
    await migration[direction](runner as QueryRunner);
  } catch {
    // It goes by what it reads, and came this far.
    calls.push(['stops']);
  }
  return calls;
}

/** The statements among the calls. */
export function statementsOf(calls: readonly RecordedCall[]): string[] {
  return calls.flatMap(([method, text]) => (method === 'query' && typeof text === 'string' ? [text] : []));
}

/**
 * SHA-256, in hexadecimal, of what `up` asks for and whether it is one transaction: the same whichever compiler made the file and however
 * it or its SQL is commented and laid out, another as soon as another statement would run.
 */
export async function checksumOf(migration: MigrationInterface): Promise<string> {
  const calls = await recordCalls(migration, 'up');
  return createHash('sha256')
    .update(JSON.stringify([migration.transaction ?? true, calls.map(([method, ...parameters]) => [method, ...parameters.map(essence)])], asText))
    .digest('hex');
}

/** Quoted text, which stays as it is; comments and blanks, which mean nothing. */
const PARTS = /('(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\2\$)|(?:\s|--[^\n]*|\/\*[\s\S]*?\*\/)+/g;

function essence(parameter: unknown): unknown {
  if (typeof parameter !== 'string') return parameter;
  return parameter.replace(PARTS, (_part, quoted: string | undefined) => quoted ?? ' ').trim();
}

function asText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** Whether a query runner only records. */
export function recordsOnly(runner: QueryRunner): boolean {
  return (runner as { readonly [RECORDS_ONLY]?: boolean })[RECORDS_ONLY] === true;
}
