import { withAdmin } from '../../testing/admin.js';
import { createTestDatabase, testAdminUrl, type TestDatabase } from '../../testing/test-database.js';
import type { SchemaFinding } from '../compare/finding.js';
import { SchemaManager } from './schema-manager.js';

/** [what was accepted, what somebody does to it afterwards] */
const CASES: readonly [string, string, string][] = [
  ['an extra table that is opened to everybody', 'create table app.junk (id int)', 'grant select on app.junk to public'],
  ['an extra table that gets a column', 'create table app.junk (id int)', 'alter table app.junk add column secret text'],
  ['an extra table whose row security is opened', 'create table app.junk (id int)', 'create policy everything on app.junk using (true)'],
  ['an extra column that gets a default', 'alter table app.run add column note text', `alter table app.run alter column note set default 'x'`],
  ['an extra function that is opened', 'create function app.f() returns int language sql return 1', 'grant execute on function app.f() to public'],
  ['a missing policy of which nothing changes', 'drop policy tenant_isolation on app.step', ''],
];

describe('drift that was accepted', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  async function identitiesAfter(statement: string): Promise<string[]> {
    await withAdmin(database.urls.admin, (admin) => admin.query(`set role app_owner; ${statement}`));
    const report = await new SchemaManager({ ownerUrl: database.urls.owner, scratchUrl: testAdminUrl() }).validateSchema();
    const findings: readonly SchemaFinding[] = report.outcome === 'drift' ? report.findings : [];
    return findings.map(({ identity }) => identity);
  }

  it.each(CASES)('%s is drift anew as soon as it is another', async (_what, accepted, change) => {
    const before = await identitiesAfter(accepted);
    const after = await identitiesAfter(change);
    expect(before).toHaveLength(1);
    expect(after.some((identity) => !before.includes(identity))).toBe(change !== '');
  });
});
