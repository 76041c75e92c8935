import { hostname } from 'node:os';
import { connectionOptions } from '../config/connection-url.js';
import { entities } from '../entities/index.js';
import { withAdmin } from '../testing/admin.js';
import { MigrationLockTimeoutError } from './errors.js';
import { migrations } from './index.js';
import { MigrationDataSource } from './migration-data-source.js';
import { withMigrationLock } from './migration-lock.js';
import { runMigrations } from './run.js';
import { createEmptyDatabase, type EmptyDatabase } from './testing/empty-database.js';

const NAMES = migrations.map((migration) => migration.name);

describe('migrations', () => {
  let database: EmptyDatabase;
  let sequence = 900;

  beforeEach(async () => {
    database = await createEmptyDatabase((sequence += 1));
  });

  afterEach(() => database.drop());

  it('make every table of the entities, within two seconds', async () => {
    const started = performance.now();
    expect(await runMigrations(database.ownerUrl)).toEqual(NAMES);
    expect(performance.now() - started).toBeLessThan(2_000);
    const tables = await names(`select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p')`);
    expect(tables).toHaveLength(entities.length + 1);
  });

  it('leave TypeORM nothing to say', async () => {
    await runMigrations(database.ownerUrl);
    const source = await new MigrationDataSource(database.ownerUrl).initialize();
    try {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('revert to nothing of ours, and run again', async () => {
    await runMigrations(database.ownerUrl);
    const before = await inventory();
    await revertAll();
    expect(await inventory()).toEqual(['sequence migration_id_seq', 'table migration']);
    await runMigrations(database.ownerUrl);
    expect(await inventory()).toEqual(before);
  });

  it('run once when several processes start together', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => runMigrations(database.ownerUrl)));
    expect(runs.flat()).toEqual(NAMES);
  });

  it('wait for the process that has the lock, and say so', async () => {
    const said: string[] = [];
    let running: Promise<string[]> = Promise.resolve([]);
    await withMigrationLock(connectionOptions(database.ownerUrl), async () => {
      await new Promise<void>((waits) => {
        running = runMigrations(database.ownerUrl, { onProgress: (text) => (said.push(text), waits()) });
      });
    });
    expect(await running).toEqual(NAMES);
    expect(said[0]).toMatch(
      /^Another process is migrating this database; waiting for it: process \d+ of the server, "plinth-migrations .*\/\d+", has the lock since 20\d\d-.*Z$/,
    );
  });

  it('give up after the time they were given', async () => {
    await withMigrationLock(connectionOptions(database.ownerUrl), async () => {
      await expect(runMigrations(database.ownerUrl, { waitMs: 60 })).rejects.toThrow(MigrationLockTimeoutError);
    });
  });

  it('name the one that has the lock when they give up', async () => {
    const connection = connectionOptions(database.ownerUrl);
    const application = `plinth-migrations ${hostname()}/${process.pid}`;
    await withMigrationLock(connection, async () => {
      await expect(runMigrations(database.ownerUrl, { waitMs: 10 })).rejects.toThrow(application.slice(0, 40));
    });
  });

  it('let the services see which migrations ran', async () => {
    await runMigrations(database.ownerUrl);
    const readers = await names(
      `select grantee as name from information_schema.role_table_grants where table_schema = 'app' and table_name = 'migration' and grantee <> 'app_owner'`,
    );
    expect(readers).toEqual(['app_login', 'app_privileged', 'app_queue']);
  });

  async function revertAll(): Promise<void> {
    const source = await new MigrationDataSource(database.ownerUrl).initialize();
    try {
      for (const _migration of migrations) await source.undoLastMigration({ transaction: 'all' });
    } finally {
      await source.destroy();
    }
  }

  function names(query: string): Promise<string[]> {
    return withAdmin(database.adminUrl, async (admin) => {
      const { rows } = await admin.query<{ name: string }>(`select name from (${query}) found order by name`);
      return rows.map(({ name }) => name);
    });
  }

  /** Tables, sequences, functions, types, policies and triggers of the schema. */
  function inventory(): Promise<string[]> {
    return names(
      `select case relkind when 'S' then 'sequence ' when 'i' then 'index ' else 'table ' end || relname as name from pg_class
         where relnamespace = 'app'::regnamespace and not (relkind = 'i' and relname = 'PK_migration') and not (relkind = 'i' and relname like '%migration%')
       union all select 'function ' || oid::regprocedure from pg_proc where pronamespace = 'app'::regnamespace
       union all select 'policy ' || polname || ' of ' || polrelid::regclass from pg_policy
       union all select 'trigger ' || tgname || ' of ' || tgrelid::regclass from pg_trigger where not tgisinternal`,
    );
  }
});
