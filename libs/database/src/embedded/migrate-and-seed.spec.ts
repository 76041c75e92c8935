import { withAdmin } from '../testing/admin.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { migrateAndSeed } from './migrate-and-seed.js';

describe('migrating and seeding when a service starts', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  const permissions = (): Promise<number> =>
    withAdmin(database.urls.admin, async (admin) => (await admin.query<{ n: number }>('select count(*)::int as n from app.permission')).rows[0]?.n ?? -1);

  it('adds the reference data that is missing', async () => {
    expect(await permissions()).toBe(0);
    await migrateAndSeed(database.urls.owner, () => undefined);
    expect(await permissions()).toBeGreaterThan(10);
  });

  it('by an older build leaves a newer schema as it is, its reference data too', async () => {
    await withAdmin(database.urls.admin, (admin) => admin.query("insert into app.migration (timestamp, name) values (9999999999999, 'Newer9999999999999')"));
    const said: string[] = [];
    await migrateAndSeed(database.urls.owner, (text) => said.push(text));
    expect(said).toEqual(['The schema is newer than this build: Newer9999999999999 ran, which it does not know. Nothing is migrated']);
    expect(await permissions()).toBe(0);
  });
});
