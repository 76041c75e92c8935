import { User } from '../entities/index.js';
import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../testing/test-database.js';
import { withAdmin } from '../testing/admin.js';
import { currentContext, runWithContext } from './context.js';
import type { Database } from './database.js';

// A person may belong to several organizations. None of them learns from the person's row what the others are.

let test: TestDatabase;
let database: Database;
let ours: TestOrganization;
let theirs: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await test.open();
  ours = await createOrganization(test);
  theirs = await createOrganization(test);
  await withAdmin(test.urls.admin, async (admin) => {
    await admin.query(`insert into app.organization_user (org_id, user_id, role) values ($1, $2, 'VIEWER')`, [ours.orgId, theirs.userId]);
    await admin.query('update app."user" set current_org_id = $1 where id = $2', [theirs.orgId, theirs.userId]);
  });
});
afterAll(() => test.drop());

it.each(['current_org_id', 'system_role', '*'])('an organization cannot select %s of its members', async (column) => {
  await expect(database.tenant(ours.orgId).query(`select ${column} from app."user"`)).rejects.toMatchObject({ code: '42501' });
});

it('sees no membership of a member in another organization', async () => {
  expect(await database.tenant(ours.orgId).query('select org_id from app.organization_user where org_id <> :orgId')).toEqual([]);
});

it('reads its members through both kinds of repository, without those columns', async () => {
  const found = await database.tenant(ours.orgId).repository(User).findById(theirs.userId);
  const injected = await runWithContext({ requestId: 'spec' }, () => {
    currentContext()?.setPrincipal({ userId: ours.userId, orgId: ours.orgId, actorType: 'USER', actorId: ours.userId, role: null, scopes: [] });
    return database.dataSource.getRepository(User).findOneByOrFail({ id: theirs.userId });
  });
  for (const user of [found, injected]) {
    expect(user).toMatchObject({ id: theirs.userId, isActive: true });
    expect(user).not.toHaveProperty('currentOrgId');
    expect(user).not.toHaveProperty('systemRole');
  }
});
