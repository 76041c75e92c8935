import { connectionOptions } from '../config/connection-url.js';
import { withAdmin } from '../testing/admin.js';
import { withMigrationLock } from './migration-lock.js';
import { MigrationDataSource } from './migration-data-source.js';
import { createEmptyDatabase, type EmptyDatabase } from './testing/empty-database.js';
import { FakePooler } from './testing/fake-pooler.js';
import { probe, probeName, probeTarget } from './testing/probes.js';

describe.each([1, 3])('behind a pooler in transaction mode with %i sessions of the server', (size) => {
  let database: EmptyDatabase;
  let pooler: FakePooler;

  beforeAll(async () => {
    database = await createEmptyDatabase(920 + size);
    pooler = await FakePooler.start(database.ownerUrl, size);
  });
  afterAll(async () => {
    await pooler.stop();
    await database.drop();
  });

  async function run(url: string, directUrl?: string): Promise<string[]> {
    const target = probeTarget([probe(1, ['create table app.one (id int)'])]);
    const source = new MigrationDataSource(url, { target, say: () => undefined, ...(directUrl === undefined ? {} : { directUrl }) });
    await source.initialize();
    try {
      return (await source.runMigrations()).map(({ name }) => name);
    } finally {
      await source.destroy();
    }
  }

  it('migrating is refused with the next step, and nothing is changed', async () => {
    await expect(run(pooler.url)).rejects.toMatchObject({
      code: 'TRANSACTION_POOLER',
      message: expect.stringMatching(/^"127\.0\.0\.1:\d+" is a pooler in transaction mode: .* Set DATABASE_DIRECT_URL to host, port and database/),
    });
    const { rows } = await withAdmin(database.adminUrl, (admin) => admin.query("select 1 from pg_namespace where nspname = 'plinth'"));
    expect(rows).toEqual([]);
  });

  it('so is everything else that takes the migration lock', async () => {
    await expect(withMigrationLock(connectionOptions(pooler.url), () => Promise.resolve())).rejects.toMatchObject({ code: 'TRANSACTION_POOLER' });
  });

  it('DATABASE_DIRECT_URL leads past it', async () => {
    const { host, pathname } = new URL(database.ownerUrl);
    expect(await run(pooler.url, `postgres://${host}${pathname}`)).toEqual([probeName(1)]);
  });
});
