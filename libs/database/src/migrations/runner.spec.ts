import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { connectionOptions } from '../config/connection-url.js';
import { withAdmin } from '../testing/admin.js';
import { MigrationDataSource, type MigrationSettings } from './migration-data-source.js';
import type { MigrationClass } from './target.js';
import { createEmptyDatabase, type EmptyDatabase } from './testing/empty-database.js';
import { probe, probeName, probeTarget } from './testing/probes.js';

/** A migration that does what it is told. */
function acting(place: number, up: (runner: QueryRunner) => Promise<unknown>): MigrationClass {
  const name = probeName(place);
  return class implements MigrationInterface {
    readonly name = name;
    async up(runner: QueryRunner): Promise<void> {
      await up(runner);
    }
    down(): Promise<void> {
      return Promise.resolve();
    }
  };
}

describe('the runner', () => {
  let database: EmptyDatabase;
  let sequence = 960;
  let said: string[];

  beforeEach(async () => {
    said = [];
    database = await createEmptyDatabase((sequence += 1));
  });
  afterEach(() => database.drop());

  async function withSource<T>(
    migrations: readonly MigrationClass[],
    work: (source: MigrationDataSource) => Promise<T>,
    options: MigrationSettings = {},
  ): Promise<T> {
    const source = new MigrationDataSource(database.ownerUrl, { target: probeTarget(migrations), say: (text) => said.push(text), ...options });
    await source.initialize();
    try {
      return await work(source);
    } finally {
      await source.destroy();
    }
  }

  const run = (migrations: readonly MigrationClass[], options: MigrationSettings = {}): Promise<string[]> =>
    withSource(migrations, async (source) => (await source.runMigrations()).map(({ name }) => name), options);

  async function rows<Row extends object>(text: string): Promise<Row[]> {
    return withAdmin(database.adminUrl, async (admin) => (await admin.query<Row>(text)).rows);
  }
  const journal = async (): Promise<string[]> => (await rows<{ name: string }>('select name from plinth.migration order by id')).map(({ name }) => name);
  const tables = async (): Promise<string[]> =>
    (await rows<{ name: string }>("select tablename::text as name from pg_tables where schemaname = 'app' order by 1")).map(({ name }) => name);

  const [first, second, third] = [
    probe(1, ['create table app.one (id int)'], { down: ['drop table app.one'] }),
    probe(2, ['create table app.two (id int)'], { down: ['drop table app.two'] }),
    probe(3, ['create table app.three (id int)'], { down: ['drop table app.three'] }),
  ];

  it('runs what is pending in the order of the timestamps, each in a transaction of its own, and says how far it is', async () => {
    const failing = probe(3, ['create table app.three (id int)', 'select 1 / 0']);
    await expect(run([second, first, failing])).rejects.toMatchObject({ code: '22012' });
    expect(await journal()).toEqual([probeName(1), probeName(2)]);
    expect(await tables()).toEqual(['one', 'two']);
    expect(said.filter((text) => text.startsWith('Migrating'))).toEqual([1, 2, 3].map((place) => `Migrating ${place} of 3: ${probeName(place)}`));
  });

  it('writes down who ran what with which build', async () => {
    await run([first]);
    expect(await rows('select name, state, statements_done, error_message from plinth.migration_run')).toEqual([
      { name: probeName(1), state: 'COMPLETED', statements_done: 0, error_message: null },
    ]);
    const [row] = await rows<{ checksum: string; who: string; build: string }>('select checksum, who, build from plinth.migration_run');
    expect(row).toEqual({
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      who: expect.stringMatching(/.@./),
      build: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it('refuses a file that changed after it ran, and names it', async () => {
    await run([first, second]);
    const changed = probe(2, ['create table app.two (id bigint)']);
    await expect(run([first, changed, third])).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
      message: expect.stringContaining(`"${probeName(2)}" changed after it ran`),
    });
    expect(await tables()).toEqual(['one', 'two']);
    expect(await run([first, changed, third], { acceptChanged: [probeName(2)] })).toEqual([probeName(3)]);
    expect(await run([first, changed, third])).toEqual([]);
  });

  it('takes no offence at other comments and another layout of the same statements, but at another text in quotes', async () => {
    const defaulting = (text: string): MigrationClass => probe(1, [text]);
    await run([defaulting("create table app.one (t text default 'a  -- b')")]);
    expect(await run([defaulting("/* why */ create table app.one\n  (t /* a text */ text -- and\n default 'a  -- b')\n")])).toEqual([]);
    await expect(run([defaulting("create table app.one (t text default 'a -- b')")])).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
  });

  it('refuses to go on without a file in the midst of what ran, and names it', async () => {
    await run([first, second]);
    await run([first, second, third]);
    await expect(run([first, third])).rejects.toMatchObject({ code: 'MIGRATION_MISSING', message: expect.stringContaining(`"${probeName(2)}"`) });
  });

  it('leaves everything as it is where the schema is newer than this build, and says so', async () => {
    await run([first, third]);
    expect(await run([first, second])).toEqual([]);
    expect(said.at(-1)).toBe(`The schema is newer than this build: ${probeName(3)} ran, which it does not know. Nothing is migrated`);
    expect(await tables()).toEqual(['one', 'three']);
    await expect(withSource([first, second], (source) => source.undoLastMigration())).rejects.toMatchObject({ code: 'MIGRATION_UNKNOWN' });
    expect(await tables()).toEqual(['one', 'three']);
  });

  it('runs what was merged out of order, and says so', async () => {
    await run([first, third]);
    expect(await run([first, second, third])).toEqual([probeName(2)]);
    expect(said).toContain(`"${probeName(2)}" is older than what has run already (branches merged out of order); running it now`);
    await withSource([first, second, third], (source) => source.undoLastMigration());
    expect(await tables()).toEqual(['one', 'three']);
  });

  it('takes over what ran before checksums were kept, and says so', async () => {
    await run([first, second]);
    await rows('delete from plinth.migration_run');
    expect(await run([first, second])).toEqual([]);
    expect(said).toContain(`"${probeName(1)}" ran before checksums were kept; what the file says now is taken as what ran`);
    await expect(run([probe(1, ['select 1']), second])).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
  });

  it('refuses a migration that ends its own transaction, by a statement or by a method', async () => {
    const byStatement = probe(1, ['create table app.one (id int)', 'commit']);
    const byMethod = acting(1, (runner) => runner.commitTransaction());
    for (const migration of [byStatement, byMethod]) {
      await expect(run([migration])).rejects.toMatchObject({ code: 'MIGRATION_TRANSACTION_ENDED' });
      expect(await journal()).toEqual([]);
    }
  });

  it('refuses a migration that gives up the lock', async () => {
    await expect(run([probe(1, ['select pg_advisory_unlock_all()'])])).rejects.toMatchObject({ code: 'MIGRATION_LOCK_LOST' });
  });

  it('refuses to build an index without a name concurrently', async () => {
    await expect(run([first, probe(2, ['create index concurrently on app.one (id)'], { transaction: false })])).rejects.toMatchObject({
      code: 'UNNAMED_INDEX',
    });
  });

  it('clears an index that could not be built, and goes on where it stopped once that is mended', async () => {
    const unique = probe(2, ['insert into app.one values (1), (1)', 'create unique index concurrently uq_one on app.one (id)'], { transaction: false });
    await expect(run([first, unique])).rejects.toMatchObject({ code: '23505' });
    expect(await rows("select 1 from pg_class where relname = 'uq_one'")).toEqual([]);
    expect(await rows('select state, statements_done, error_message from plinth.migration_run where name <> $$Probe1800000000001$$')).toEqual([
      { state: 'STARTED', statements_done: 1, error_message: expect.stringContaining('uq_one') },
    ]);
    await rows('delete from app.one where ctid = (select min(ctid) from app.one)');
    expect(await run([first, unique])).toEqual([probeName(2)]);
    expect(await rows('select id from app.one')).toEqual([{ id: 1 }]);
  });

  it('replaces an INVALID index of the same name, which IF NOT EXISTS alone would leave as it is', async () => {
    await run([first]);
    await rows('insert into app.one values (1), (1)');
    await expect(rows('create unique index concurrently ix_one on app.one (id)')).rejects.toMatchObject({ code: '23505' });
    await run([first, probe(2, ['create index concurrently if not exists ix_one on app.one (id)'], { transaction: false })]);
    expect(await rows("select indisvalid as valid, indisunique as unique from pg_index where indexrelid = 'app.ix_one'::regclass")).toEqual([
      { valid: true, unique: false },
    ]);
  });

  it('commits the transactions that a migration holds itself, each with what it counts', async () => {
    const batches = probe(2, ['begin', 'insert into app.one values (1)', 'commit', 'begin', 'insert into app.one values (2)', 'rollback', 'select 1 / 0'], {
      transaction: false,
    });
    await expect(run([first, batches])).rejects.toMatchObject({ code: '22012' });
    await expect(run([first, batches])).rejects.toMatchObject({ code: '22012' });
    expect(await rows('select id from app.one')).toEqual([{ id: 1 }]);
  });

  it('only writes down what is faked', async () => {
    await withSource([first], (source) => source.runMigrations({ fake: true }));
    expect([await journal(), await tables()]).toEqual([[probeName(1)], []]);
    await withSource([first], (source) => source.undoLastMigration({ fake: true }));
    expect(await journal()).toEqual([]);
  });

  describe('that waits for a lock', () => {
    const altering = probe(2, ['alter table app.one add column a int']);
    const limits = { lockTimeoutMs: 150, lockTries: 2, retryPauseMs: 10 };

    async function whileLocked(work: (release: () => Promise<unknown>) => Promise<void>): Promise<void> {
      const blocker = new Client({ ...connectionOptions(database.ownerUrl), application_name: 'the-blocker' });
      await blocker.connect();
      await blocker.query('begin');
      await blocker.query('select * from app.one');
      try {
        await work(() => blocker.query('rollback'));
      } finally {
        await blocker.end();
      }
    }

    it.each([[altering], [probe(2, ['alter table app.one add column a int'], { transaction: false })]])(
      'gives up after the tries it has, and names who held it',
      async (migration) => {
        await run([first]);
        await whileLocked(async () => {
          await expect(run([first, migration], limits)).rejects.toMatchObject({
            code: 'MIGRATION_BLOCKED',
            message: expect.stringMatching(
              /in 2 tries; blocked by process \d+ of the server \(login "app_owner", application "the-blocker", in its transaction for \d+ s/,
            ),
          });
        });
        expect(await journal()).toEqual([probeName(1)]);
        expect(await run([first, migration], limits)).toEqual([probeName(2)]);
      },
    );

    it('runs the whole of it again once the lock is free', async () => {
      await run([first]);
      await whileLocked(async (release) => {
        const source = run([first, altering], { ...limits, lockTries: 100, say: (text) => void (/did not get its locks/.test(text) && release()) });
        expect(await source).toEqual([probeName(2)]);
      });
    });
  });
});
