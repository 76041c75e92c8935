import pg from 'pg';
import { differencesBetween } from '../../../compare/differences.js';
import type { Difference } from '../../../compare/difference.js';
import type { FactMap, SchemaFact } from '../../fact.js';
import { OF_LIBRARY } from '../library-kinds.js';
import type { OwnFactKind, RepairStatement } from '../own-fact-kind.js';

/** The two who act in a lifecycle: the owner is `app_owner`, no superuser; the administrator breaks, and repairs what only he may. */
export interface Actors {
  readonly owner: pg.Client;
  readonly administrator: pg.Client;
  readonly major: number;
}

/** One thing that is broken, found and repaired. */
export interface OwnCase {
  readonly name: string;
  /** The oldest version that knows it. */
  readonly since?: number;
  /** Made by the owner before the first look. */
  readonly given?: readonly string[];
  /** Done by the administrator before the first look. */
  readonly prepared?: readonly string[];
  readonly breaks: readonly string[];
  /** Who breaks it; the administrator where nothing is said. */
  readonly by?: 'owner' | 'administrator';
  /** What is found, as `kind.attribute key`. */
  readonly finds: readonly string[];
  /** Attributes that the comparing library reads and the repair needs, by key. */
  readonly known?: Readonly<Record<string, SchemaFact['attributes']>>;
  /** Where only a person can repair it: what he runs. */
  readonly byHand?: readonly string[];
}

export interface Outcome {
  readonly found: readonly string[];
  /** Statements that the kind gave, with who ran each. */
  readonly repairs: readonly RepairStatement[];
  /** What differs after the repair. */
  readonly left: readonly string[];
  /** Differences whose words are missing. */
  readonly wordless: readonly string[];
}

/** Reads one kind as it is read in earnest: as the owner, in a read-only snapshot, without any schema of ours in the search path. */
export async function readAs(client: pg.Client, kind: OwnFactKind, major: number): Promise<readonly SchemaFact[]> {
  await client.query('begin isolation level repeatable read read only');
  try {
    await client.query('set local search_path to pg_catalog');
    return await kind.read(client, { major });
  } finally {
    await client.query('rollback');
  }
}

/** Looks, breaks, looks again, repairs what was found, and looks a last time. */
export async function runLifecycle(kind: OwnFactKind, actors: Actors, each: OwnCase): Promise<Outcome> {
  const { owner, administrator, major } = actors;
  await runAll(administrator, each.prepared ?? []);
  await runAll(owner, each.given ?? []);
  const expected = kind.expected?.({ major }) ?? (await readAs(owner, kind, major));
  await runAll(each.by === 'owner' ? owner : administrator, each.breaks);
  const differences = compare(expected, await readAs(owner, kind, major), each.known ?? {});
  const repairs = differences.flatMap((difference) => kind.repairs[codeOf(difference)]?.(difference) ?? []);
  for (const { sql, as } of repairs) await (as === 'administrator' ? administrator : owner).query(sql);
  await runAll(administrator, each.byHand ?? []);
  const left = compare(expected, await readAs(owner, kind, major), {});
  const wordless = differences.map(codeOf).filter((code) => kind.findings[code] === undefined);
  return { found: differences.map((difference) => `${codeOf(difference)} ${difference.fact.key}`), repairs, left: left.map(codeOf), wordless };
}

/** What differs between what a kind expects of the server and what it reads; nothing on a server as the bootstrap leaves it. */
export async function driftOf(kind: OwnFactKind, { owner, major }: Actors): Promise<readonly string[]> {
  const expected = kind.expected?.({ major }) ?? [];
  return compare(expected, await readAs(owner, kind, major), {}).map((difference) => `${codeOf(difference)} ${difference.fact.key}`);
}

async function runAll(client: pg.Client, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
}

function codeOf(difference: Difference): string {
  return `${difference.fact.kind}.${difference.verb === 'changed' ? difference.attribute : difference.verb}`;
}

function compare(expected: readonly SchemaFact[], actual: readonly SchemaFact[], known: NonNullable<OwnCase['known']>): Difference[] {
  const all = [...expected, ...actual].filter(({ kind }) => OF_LIBRARY.has(kind)).map((fact) => ({ ...fact, attributes: known[fact.key] ?? {} }));
  return differencesBetween(merge(all, expected), merge(all, actual));
}

function merge(all: readonly SchemaFact[], own: readonly SchemaFact[]): FactMap {
  const merged = new Map<string, SchemaFact>(all.map((fact) => [fact.key, fact]));
  for (const fact of own) merged.set(fact.key, { ...fact, attributes: { ...merged.get(fact.key)?.attributes, ...fact.attributes } });
  return merged;
}
