import pg from 'pg';
import { withAdmin } from '../../testing/admin.js';
import { onDatabase } from '../../testing/cluster.js';
import { createTestDatabase, testAdminUrl, type TestDatabase } from '../../testing/test-database.js';
import { withScratchDatabase } from './scratch-database.js';

const HOUR_MS = 3_600_000;

describe('scratch databases that a killed process left', () => {
  const old = Date.now() - 2 * HOUR_MS;
  const NAMES = {
    abandoned: `plinth_scratch_${old}_0123abcd`,
    inUse: `plinth_scratch_${old}_0123abce`,
    young: `plinth_scratch_${Date.now()}_0123abcf`,
    somebodyElses: `plinth_scratch_${old}_production`,
  };
  let database: TestDatabase;

  const named = async (): Promise<string[]> =>
    withAdmin(testAdminUrl(), async (admin) => {
      const { rows } = await admin.query<{ name: string }>('select datname as name from pg_database where datname = any ($1) order by 1', [
        Object.values(NAMES),
      ]);
      return rows.map(({ name }) => name);
    });
  const onEach = (statement: (name: string) => string): Promise<void> =>
    withAdmin(testAdminUrl(), async (admin) => {
      for (const name of Object.values(NAMES)) await admin.query(statement(name));
    });

  beforeAll(async () => {
    database = await createTestDatabase();
    await onEach((name) => `create database ${name} template template0`);
  });
  afterAll(async () => {
    await onEach((name) => `drop database if exists ${name} with (force)`);
    await database.drop();
  });

  it('are dropped by a later one, but for those that are young, in use, or not named by us', async () => {
    await withAdmin(onDatabase(testAdminUrl(), NAMES.inUse), async (somebody) => {
      await withScratchDatabase({ scratchUrl: testAdminUrl(), ownerUrl: database.urls.owner }, () => Promise.resolve());
      await somebody.query('select 1');
    });
    expect(await named()).toEqual([NAMES.inUse, NAMES.somebodyElses, NAMES.young].sort());
  });
});

describe('a scratch database', () => {
  const asRole = (url: string, user: string): string => {
    const copy = new URL(url);
    [copy.username, copy.password] = [user, 'scratch'];
    return copy.href;
  };

  it('is made and dropped by a login that may create databases and nothing else, while sessions of the owner are just ending', async () => {
    const role = `plinth_test_scratch_${process.pid}`;
    const database = await createTestDatabase();
    await withAdmin(testAdminUrl(), (admin) => admin.query(`create role ${role} login createdb password 'scratch'`));
    try {
      const server = { scratchUrl: asRole(testAdminUrl(), role), ownerUrl: database.urls.owner };
      for (let round = 0; round < 10; round += 1) {
        await withScratchDatabase(server, async ({ connection }) => {
          const owner = new pg.Client(connection);
          await owner.connect();
          // Nobody waits for its end.
          void owner.end();
        });
      }
      const { rows } = await withAdmin(testAdminUrl(), (admin) => admin.query('select datname from pg_database where datdba = $1::regrole', [role]));
      expect(rows).toEqual([]);
    } finally {
      await withAdmin(testAdminUrl(), (admin) => admin.query(`drop role if exists ${role}`));
      await database.drop();
    }
  });
});
