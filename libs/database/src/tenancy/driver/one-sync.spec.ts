import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import utils from 'pg/lib/utils.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { BatchError, DRIVER_VERSION, prepareValues, statementName, WireConnection } from './one-sync.js';
import { ORM_VERSION } from './typeorm-adapter.js';
import type { WireStatement } from './wire.js';

let test: TestDatabase;
let client: pg.Client;
let wire: WireConnection;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  client = new pg.Client({ connectionString: test.urls.admin });
  await client.connect();
  wire = new WireConnection(client, { nameCapacity: 4 });
});
afterEach(() => client.end());

function statement(text: string, values: readonly unknown[] = []): WireStatement {
  return { text, name: statementName(text), values: prepareValues(values) };
}

async function failureOf(batch: Promise<unknown>): Promise<BatchError> {
  const error: unknown = await batch.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BatchError);
  return error as BatchError;
}

async function preparedOnServer(): Promise<string[]> {
  const { rows } = await client.query<{ statement: string }>('select statement from pg_prepared_statements order by prepare_time, statement');
  return rows.map((row) => row.statement);
}

describe('the contract with the drivers', () => {
  const require = createRequire(import.meta.url);

  it('holds for these versions; another one needs this file read again', () => {
    expect(require('pg/package.json')).toMatchObject({ version: DRIVER_VERSION });
    expect(JSON.parse(readFileSync(join(dirname(require.resolve('typeorm')), 'package.json'), 'utf8'))).toMatchObject({ version: ORM_VERSION });
  });

  it('rests on these internals', () => {
    expect(typeof utils.prepareValue).toBe('function');
    expect(typeof client.connection.stream.write).toBe('function');
    for (const event of ['parseComplete', 'readyForQuery', 'rowDescription', 'dataRow', 'commandComplete', 'errorMessage']) {
      expect(client.connection.listenerCount(event)).toBeGreaterThan(0);
    }
    expect(client.getTransactionStatus()).toBe('I');
  });
});

it('answers each statement of a batch with its own rows, fields, command and count', async () => {
  const results = await wire.send([
    statement('select 1 as a, null as b'),
    statement('create temp table t (x int)'),
    statement('insert into t select generate_series(1, 3)'),
    statement('update t set x = x + $1 where x > 1 returning x', [10]),
    statement('select x from t where false'),
  ]);
  expect(results.map(({ command, rowCount, rows }) => [command, rowCount, rows])).toEqual([
    ['SELECT', 1, [{ a: 1, b: null }]],
    ['CREATE', null, []],
    ['INSERT', 3, []],
    ['UPDATE', 2, [{ x: 12 }, { x: 13 }]],
    ['SELECT', 0, []],
  ]);
});

it('reads values as pg itself does', async () => {
  const text = `select 9007199254740993::int8 as big, 1.50::numeric as exact, 'x'::text as text, true as yes, '{"a":[1]}'::jsonb as json,
    array['a','b,c',null]::text[] as list, '2026-01-02T03:04:05.678Z'::timestamptz as at, '\\x00ff'::bytea as bytes, 1.5::float8 as float, null::int as nothing`;
  const [ours] = await wire.send([statement(text)]);
  const theirs = await client.query(text);
  expect(ours?.rows).toEqual(theirs.rows);
  expect(ours?.rows[0]).toMatchObject({ big: '9007199254740993', exact: '1.50', at: new Date('2026-01-02T03:04:05.678Z'), json: { a: [1] } });
  const [again] = await wire.send([statement(text)]);
  expect(again).toEqual(ours);
});

it('sends values as pg itself does', async () => {
  const values = ['ü', 1, true, null, undefined, new Date(0), Buffer.from([0, 255]), { a: 1 }, ['a"b', null], 10n];
  const text = 'select $1::text a, $2::int b, $3::bool c, $4::text d, $5::text e, $6::timestamptz f, $7::bytea g, $8::jsonb h, $9::text[] i, $10::int8 j';
  const [ours] = await wire.send([statement(text, values)]);
  expect(ours?.rows).toEqual((await client.query(text, values)).rows);
});

it('keeps a column called __proto__ a column', async () => {
  const [result] = await wire.send([statement('select 1 as "__proto__", 2 as "constructor"')]);
  const [row] = result?.rows ?? [];
  expect(Object.entries(row ?? {})).toEqual([
    ['__proto__', 1],
    ['constructor', 2],
  ]);
});

it('rolls the whole batch back when a statement in the middle fails, and is ready at once', async () => {
  await client.query('create temp table t (x int)');
  const failure = await failureOf(wire.send([statement('insert into t values (1)'), statement('selct 1'), statement('insert into t values (2)')]));
  expect(failure).toMatchObject({ completed: 1, broken: false, cause: { code: '42601' } });
  expect(wire.transactionStatus).toBe('I');
  const [count] = await wire.send([statement('select count(*)::int as n from t')]);
  expect(count?.rows).toEqual([{ n: 0 }]);
});

it('knows after an error which statements the server has prepared', async () => {
  const first = 'select 1 as first';
  const failing = 'select 1 / $1::int as failing';
  const skipped = 'select 2 as skipped';
  await failureOf(wire.send([statement(first), statement(failing, [0]), statement(skipped)]));
  expect(await preparedOnServer()).toEqual([first, failing]);
  expect(wire.preparedNames).toBe(2);
  const results = await wire.send([statement(first), statement(failing, [1]), statement(skipped)]);
  expect(results.map(({ rows }) => rows)).toEqual([[{ first: 1 }], [{ failing: 1 }], [{ skipped: 2 }]]);
});

it('keeps a bounded number of names and closes the one unused longest', async () => {
  for (const n of [1, 2, 3, 4]) await wire.send([statement(`select ${n}`)]);
  await wire.send([statement('select 1')]);
  await wire.send([statement('select 5')]);
  expect(wire.preparedNames).toBe(4);
  expect((await preparedOnServer()).sort()).toEqual(['select 1', 'select 3', 'select 4', 'select 5']);
});

it('prepares nothing under a name where names are off', async () => {
  const other = new WireConnection(client, { nameCapacity: 0 });
  const [result] = await other.send([statement('select 1 as n'), statement('select 2')]);
  expect(result?.rows).toEqual([{ n: 1 }]);
  expect(await preparedOnServer()).toEqual([]);
});

it('answers a statement whose result changed with an error, and prepares it anew once told to forget', async () => {
  await client.query('create temp table t (x int)');
  await wire.send([statement('select * from t')]);
  await client.query('alter table t add column y int');
  const failure = await failureOf(wire.send([statement('select * from t')]));
  expect(failure.cause).toMatchObject({ code: '0A000', routine: 'RevalidateCachedQuery' });
  wire.forget([statement('select * from t')]);
  const [result] = await wire.send([statement('select * from t')]);
  expect(result?.fields.map(({ name }) => name)).toEqual(['x', 'y']);
});

it('says that the connection is gone, and what PostgreSQL said about it', async () => {
  const failure = await failureOf(wire.send([statement('select 1'), statement('select pg_terminate_backend(pg_backend_pid())')]));
  expect(failure).toMatchObject({ broken: true, answer: 'answered', completed: 1, cause: { code: '57P01' } });
  expect(await failureOf(wire.send([statement('select 1')]))).toMatchObject({ broken: true, answer: 'not sent' });
});

it('says so when the connection broke without a word', async () => {
  const sent = wire.send([statement('select pg_sleep(5)')]);
  client.connection.stream.destroy();
  expect(await failureOf(sent)).toMatchObject({ broken: true, answer: 'silent' });
});

it('does not wait for a COPY that nobody feeds', async () => {
  await client.query('create temp table t (x int)');
  expect(await failureOf(wire.send([statement('copy t from stdin')]))).toMatchObject({ broken: true });
});

it('carries many parameters and large values, and refuses one too many', async () => {
  const values = Array.from({ length: 65_535 }, (_, index) => index);
  const [count] = await wire.send([
    { text: `select array_length(array[${values.map((n) => `$${n + 1}`).join(',')}], 1) as n`, name: null, values: prepareValues(values) },
  ]);
  expect(count?.rows).toEqual([{ n: 65_535 }]);
  expect(() => prepareValues([...values, 1])).toThrow('65536');
  const large = 'ü'.repeat(1_000_000);
  const [echo] = await wire.send([statement('select $1::text as large', [large])]);
  expect(echo?.rows[0]?.['large']).toBe(large);
});
