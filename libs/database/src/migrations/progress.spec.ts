import { Client } from 'pg';
import { connectionOptions } from '../config/connection-url.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { withMigrationLock } from './migration-lock.js';
import { MigrationDataSource } from './migration-data-source.js';
import { readProgress, type MigrationProgress } from './progress.js';
import { probe, probeName, probeTarget } from './testing/probes.js';
import { untilTrue } from './testing/until.js';

describe('the progress of migrations', () => {
  let database: TestDatabase;
  let login: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    login = new Client(connectionOptions(database.urls.login));
    await login.connect();
  });
  afterAll(async () => {
    await login.end();
    await database.drop();
  });

  const read = (names: readonly string[] = [1, 2, 3].map(probeName)): Promise<MigrationProgress | null> =>
    readProgress(async <Row>(text: string) => (await login.query(text)).rows as Row[], names);

  it('is nothing while nobody migrates, also while somebody only holds the lock', async () => {
    expect(await read()).toBeNull();
    await withMigrationLock(connectionOptions(database.urls.owner), async () => expect(await read()).toBeNull());
  });

  it('is seen by the weakest login while the migration is at work, and gone afterwards', async () => {
    const migrations = [probe(1, ['select 1']), probe(2, ['create table app.one (id int)', 'select pg_advisory_lock(1)']), probe(3, ['select 1'])];
    const blocker = new Client(connectionOptions(database.urls.admin));
    await blocker.connect();
    await blocker.query('select pg_advisory_lock(1)');
    const source = await new MigrationDataSource(database.urls.owner, { target: probeTarget(migrations), lockTimeoutMs: 0, say: () => undefined }).initialize();
    const before = Date.now();
    const running = source.runMigrations();
    await untilTrue(async () => (await read())?.place === 2);
    const progress = await read();
    expect(progress).toMatchObject({ place: 2, total: 3, name: probeName(2), text: `migrating 2 of 3: ${probeName(2)}` });
    expect(Math.abs((progress?.since.getTime() ?? 0) - before)).toBeLessThan(10_000);
    expect(await read([])).toMatchObject({ name: null, text: 'migrating 2 of 3' });
    await blocker.end();
    expect(await running).toHaveLength(3);
    expect(await read()).toBeNull();
    await source.destroy();
  });
});
