import { withAdmin } from '../../testing/admin.js';
import { createTestDatabase, testAdminUrl, type TestDatabase } from '../../testing/test-database.js';
import { SchemaManager } from './schema-manager.js';

describe('a repair of which a part may not be done', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it('does the rest, where something that may not be lost stands in the way of one change', async () => {
    await withAdmin(database.urls.admin, async (admin) => {
      await admin.query(`alter table app."user" alter column name type varchar(100); create materialized view app.names as select name from app."user"`);
      await admin.query('alter materialized view app.names owner to app_owner; alter table app.step disable row level security');
    });
    const report = await new SchemaManager({ ownerUrl: database.urls.owner, scratchUrl: testAdminUrl() }).fixSchema();
    expect(report.done.map(({ sql }) => sql)).toEqual(['ALTER TABLE "app"."step" ENABLE ROW LEVEL SECURITY']);
    expect(report.left.map(({ key }) => key)).toEqual(['materializedView:app.names', 'column:app.user.name']);
  });
});
