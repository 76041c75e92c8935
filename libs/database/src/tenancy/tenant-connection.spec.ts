import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../testing/test-database.js';
import { Agent } from '../entities/index.js';
import type { Database } from './database.js';

let test: TestDatabase;
let database: Database;
let ours: TestOrganization;
let theirs: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await test.open();
  ours = await createOrganization(test);
  theirs = await createOrganization(test);
});
afterAll(() => test.drop());

it('reads and writes the rows of its organization, and of no other', async () => {
  const mine = database.tenant(ours.orgId);
  const other = database.tenant(theirs.orgId);
  const agent = await mine.repository(Agent).insert({ name: 'one' });
  expect(agent).toBeInstanceOf(Agent);
  expect(await mine.repository(Agent).findById(agent.id)).toEqual(agent);
  expect(await other.repository(Agent).findById(agent.id)).toBeNull();
  expect(await other.query('select * from app.agent')).toEqual([]);
  expect(await mine.query('select name from app.agent where org_id = :orgId and id = :id', { id: agent.id })).toEqual([{ name: 'one' }]);
});
