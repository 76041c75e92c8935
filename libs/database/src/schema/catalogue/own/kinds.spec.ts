import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.js';
import { extractManaged } from '../engine/extract.js';
import type { SchemaFact } from '../fact.js';
import { OWN_FACT_KINDS } from './kinds.js';
import { OF_LIBRARY } from './library-kinds.js';
import { readAs } from './testing/lifecycle.js';

describe('the kinds of facts that we read ourselves', () => {
  let database: TestDatabase;
  let ours: readonly SchemaFact[];
  let theirs: ReadonlyMap<string, SchemaFact>;

  beforeAll(async () => {
    database = await createTestDatabase();
    const pool = new pg.Pool({ connectionString: database.urls.owner, max: 1 });
    const { facts, serverVersion } = await extractManaged(pool);
    await pool.end();
    theirs = new Map(facts.map((fact) => [fact.key, fact]));
    ours = await readAll(database.urls.owner, Number.parseInt(serverVersion, 10));
  });
  afterAll(() => database.drop());

  test('are merged into facts of the library that are the same thing', () => {
    const merged = ours.filter(({ kind }) => OF_LIBRARY.has(kind));
    expect(merged.length).toBeGreaterThan(500);
    const seen = merged.map(({ key }) => identityOf(theirs.get(key)));
    expect(seen).toEqual(merged.map(identityOf));
  });

  test('have attributes of their own names', () => {
    const taken = ours.flatMap(({ key, attributes }) => Object.keys(attributes).filter((name) => name in (theirs.get(key)?.attributes ?? {})));
    expect(taken).toEqual([]);
  });

  test('have keys of their own where the library has no such fact', () => {
    const own = ours.filter(({ kind }) => !OF_LIBRARY.has(kind));
    expect(own.filter(({ key }) => theirs.has(key))).toEqual([]);
    expect(new Set(ours.map(({ key, attributes }) => `${key} ${Object.keys(attributes).join()}`)).size).toBe(ours.length);
  });

  test('have words for each difference that they repair', () => {
    const wordless = OWN_FACT_KINDS.flatMap(({ repairs, findings }) => Object.keys(repairs).filter((code) => !(code in findings)));
    // The library reads `valid`, and its words are among its rules.
    expect(wordless).toEqual(['index.valid']);
    const names = OWN_FACT_KINDS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

async function readAll(url: string, major: number): Promise<SchemaFact[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const facts: SchemaFact[] = [];
  for (const kind of OWN_FACT_KINDS) facts.push(...(await readAs(client, kind, major)));
  await client.end();
  return facts;
}

function identityOf(fact: SchemaFact | undefined): readonly unknown[] {
  return [fact?.key, fact?.kind, fact?.name, fact?.table, fact?.parent];
}
