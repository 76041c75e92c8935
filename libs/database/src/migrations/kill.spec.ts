import type { Client } from 'pg';
import { withAdmin } from '../testing/admin.js';
import { MigrationDataSource } from './migration-data-source.js';
import { ProbeProcess } from './testing/child.js';
import { createEmptyDatabase, type EmptyDatabase } from './testing/empty-database.js';
import { PROBES, probeName, probeTarget, STATEMENTS } from './testing/probes.js';
import { untilTrue } from './testing/until.js';

/** What the probes leave, however often a process was killed on the way. */
const WHOLE = { first: 1, rows: 301, done: 301, whole: 1, indexes: ['first_pkey', 'ix_probe_v', 'probe_pkey', 'whole_pkey'], invalid: 0 };
const NAMES = [1, 2, 3].map(probeName);

describe('a process that is killed while it migrates', () => {
  let database: EmptyDatabase;
  let sequence = 940;

  beforeEach(async () => {
    database = await createEmptyDatabase((sequence += 1));
  });
  afterEach(() => database.drop());

  const places = [...STATEMENTS.map((_statement, index) => index + 1), STATEMENTS.length + 1, STATEMENTS.length + 2];

  it.each(places)('before part %i of one that goes statement by statement: the next process finishes it', async (place) => {
    await killedAt(String(place));
    const said: string[] = [];
    expect(await migrate(said)).toEqual(NAMES.slice(1));
    expect(said.join('\n')).toContain(`: ${NAMES[1]}: was half done when its process ended; going on behind statement ${place - 1}`);
    expect(await state()).toEqual(WHOLE);
    expect(await journal()).toEqual(NAMES);
  });

  it.each([1, 4, 8])('before part %i of one that goes statement by statement: the next process can undo it as well', async (place) => {
    await killedAt(String(place));
    await undo();
    expect(await tables()).toEqual(['first']);
    expect(await journal()).toEqual(NAMES.slice(0, 1));
    expect(await migrate([])).toEqual(NAMES.slice(1));
    expect(await state()).toEqual(WHOLE);
  });

  it('inside one that is a single transaction: nothing of it stays, and the next process runs it', async () => {
    await killedAt('inside');
    await untilTrue(async () => !(await tables()).includes('whole'));
    expect(await journal()).toEqual(NAMES.slice(0, 2));
    expect(await migrate([])).toEqual(NAMES.slice(2));
    expect(await state()).toEqual(WHOLE);
  });

  it('in the middle of an index that is built concurrently: the INVALID index is dropped and built anew', async () => {
    await whileBlocked('begin; insert into app.probe values (5000)', async (process) => {
      await untilTrue(async () => (await state()).invalid === 1);
      await process.kill();
      await untilTrue(async () => !(await isMigrating()));
      expect((await state()).invalid).toBe(1);
    });
    const said: string[] = [];
    await migrate(said);
    expect(said.join('\n')).toContain('The index app.ix_probe_v is INVALID, left by a build that was cut off; dropping it and building it anew');
    expect(await state()).toEqual(WHOLE);
  });

  it('between the finished index and the note that it is finished: it is not built twice', async () => {
    await whileBlocked("begin; select 1 from plinth.migration_run where name = 'Probe1800000000002' for update", async (process) => {
      await untilTrue(async () => (await state()).indexes.includes('ix_probe_v') && (await state()).invalid === 0);
      await process.kill();
    });
    expect(await migrate([])).toEqual(NAMES.slice(1));
    expect(await state()).toEqual(WHOLE);
  });

  it.each([1, 2, 3])('before part %i of a revert: the next process reverts it to its end, and a run migrates it again', async (place) => {
    await migrate([]);
    await undo();
    const process = new ProbeProcess(database.ownerUrl, { PROBE_UNDO: 'yes', PROBE_STOP_AT: `down ${place}` });
    await process.says(`at down ${place}`);
    await process.kill();
    const said: string[] = [];
    expect(await migrate(said)).toEqual(NAMES.slice(1));
    expect(said.join('\n')).toContain(`"${NAMES[1]}" was being reverted when that process ended; finishing it`);
    expect(await state()).toEqual(WHOLE);
  });

  async function killedAt(place: string): Promise<void> {
    const process = new ProbeProcess(database.ownerUrl, { PROBE_STOP_AT: place });
    await process.says(`at ${place}`);
    await process.kill();
  }

  /** A process that is about to build its index; another session opens a transaction that the build, or the note after it, must wait for. */
  async function whileBlocked(blocking: string, work: (process: ProbeProcess) => Promise<void>): Promise<void> {
    const process = new ProbeProcess(database.ownerUrl, { PROBE_STOP_AT: '3' });
    await process.says('at 3');
    await withAdmin(database.adminUrl, async (admin: Client) => {
      await admin.query(blocking);
      process.goOn();
      await work(process);
      await admin.query('rollback');
    });
  }

  async function migrate(said: string[]): Promise<string[]> {
    return withSource(said, async (source) => (await source.runMigrations()).map(({ name }) => name));
  }

  function undo(): Promise<void> {
    return withSource([], (source) => source.undoLastMigration());
  }

  async function withSource<T>(said: string[], work: (source: MigrationDataSource) => Promise<T>): Promise<T> {
    const source = new MigrationDataSource(database.ownerUrl, { target: probeTarget(PROBES), say: (text) => said.push(text) });
    await source.initialize();
    try {
      return await work(source);
    } finally {
      await source.destroy();
    }
  }

  async function one<Row extends object>(query: string): Promise<Row> {
    return withAdmin(database.adminUrl, async (admin) => {
      const { rows } = await admin.query<Row>(query);
      if (rows[0] === undefined) throw new Error('no row');
      return rows[0];
    });
  }

  async function tables(): Promise<string[]> {
    const { found } = await one<{ found: string[] }>(
      "select coalesce(array_agg(relname::text order by relname), '{}') as found from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r'",
    );
    return found;
  }

  async function journal(): Promise<string[]> {
    return (await one<{ names: string[] }>('select array_agg(name::text order by id) as names from plinth.migration')).names;
  }

  async function isMigrating(): Promise<boolean> {
    return (
      await one<{ found: boolean }>(
        "select exists (select from pg_stat_activity where datname = current_database() and application_name like 'plinth-migrations%') as found",
      )
    ).found;
  }

  async function state(): Promise<typeof WHOLE> {
    const there = await tables();
    const count = async (table: string, what = '*'): Promise<number> =>
      there.includes(table) ? (await one<{ n: number }>(`select count(${what})::int as n from app.${table}`)).n : 0;
    const { indexes, invalid } = await one<{ indexes: string[]; invalid: number }>(
      `select coalesce(array_agg(c.relname::text order by c.relname), '{}') as indexes, (count(*) filter (where not indisvalid))::int as invalid
         from pg_index join pg_class c on c.oid = indexrelid where c.relnamespace = 'app'::regnamespace`,
    );
    const done = await count('probe', 'nullif(done, false)');
    return { first: await count('first'), rows: await count('probe'), done, whole: await count('whole'), indexes, invalid };
  }
});
