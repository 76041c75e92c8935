import { withAdmin } from '../../../testing/admin.js';
import { createTestDatabase, testAdminUrl, type TestDatabase } from '../../../testing/test-database.js';
import { SchemaManager } from '../../manager/schema-manager.js';
import type { FixReport } from '../../manager/schema-manager.types.js';

const LONGER = 'alter table app."user" alter column name type varchar(300)';

describe('a text that shall be shorter', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  const rows = async (sql: string): Promise<object[]> => withAdmin(database.urls.admin, async (admin) => (await admin.query<object>(sql)).rows);
  const user = (name: string): string => `insert into app."user" (id, email, name) values (gen_random_uuid(), 'a@example.test', ${name})`;
  const repair = (): Promise<FixReport> => new SchemaManager({ ownerUrl: database.urls.owner, scratchUrl: testAdminUrl() }).fixSchema();
  const left = `select conname from pg_constraint where conname like '%\\_\\_new'`;

  it('is refused where spaces at the end of a value would be cut off without a word', async () => {
    await rows(`${LONGER}; ${user("rpad('Ada', 300)")}`);
    expect(await repair()).toMatchObject({ outcome: 'left', failed: [{ sqlState: '23514' }], left: [{ key: 'column:app.user.name' }] });
    expect(await rows('select length(name) as length from app."user"')).toEqual([{ length: 300 }]);
    expect(await rows(left)).toEqual([]);
  });

  it('is made shorter where every value fits, to its last space', async () => {
    await rows(`${LONGER}; ${user("rpad('Ada', 255)")}`);
    expect(await repair()).toMatchObject({ outcome: 'repaired', failed: [], left: [] });
    expect(await rows('select length(name) as length from app."user"')).toEqual([{ length: 255 }]);
    expect(await rows(left)).toEqual([]);
  });
});
