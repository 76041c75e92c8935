import { createTestDatabase, type TestDatabase } from '#database/testing';
import { createRepository } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import type { Answer } from './support/http-client.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const read = (id: string): Promise<Answer> => api.call('GET', `/v1/agent-repositories/${id}`, { token: ada.token });
const change = (id: string, json: object, ifMatch?: string): Promise<Answer> =>
  api.call('PATCH', `/v1/agent-repositories/${id}`, { token: ada.token, json, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });

async function newRepository(name: string): Promise<{ id: string; etag: string }> {
  const id = await createRepository(api, ada, name);
  return { id, etag: (await read(id)).headers['etag'] ?? '' };
}

describe('a change names the version it is meant for', () => {
  it('one of two who read the same is refused', async () => {
    const { id, etag } = await newRepository('Two');
    const answers = await Promise.all([change(id, { branch: 'one' }, etag), change(id, { branch: 'two' }, etag)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [won, lost] = answers[0].status === 200 ? answers : [answers[1], answers[0]];
    expect(lost.body).toMatchObject({ code: 'VERSION_CONFLICT' });
    const now = await read(id);
    expect(now.body['branch']).toBe(won.body['branch']);
    expect(won.headers['etag']).toBe(now.headers['etag']);
    expect(now.headers['etag']).not.toBe(etag);
  });

  it.each([
    [undefined, 428, 'PRECONDITION_REQUIRED'],
    ['*', 400, 'IF_MATCH_INVALID'],
    ['W/"1"', 400, 'IF_MATCH_INVALID'],
    ['"1", "2"', 400, 'IF_MATCH_INVALID'],
    ['7', 400, 'IF_MATCH_INVALID'],
    ['"abc"', 400, 'IF_MATCH_INVALID'],
    ['"1e0"', 400, 'IF_MATCH_INVALID'],
    // Of another thing, or made up: a tag is compared as it was written.
    ['"01"', 400, 'IF_MATCH_INVALID'],
    ['"999999999999999"', 412, 'VERSION_CONFLICT'],
    ['"99999"', 412, 'VERSION_CONFLICT'],
  ])('If-Match: %s is answered %d', async (ifMatch, status, code) => {
    const { id } = await newRepository(`Header ${ifMatch ?? 'none'}`);
    expect(await change(id, { name: 'Never' }, ifMatch)).toMatchObject({ status, body: { code } });
  });

  it('what another organization has is not there, whatever the version', async () => {
    const { id, etag } = await newRepository('Mine');
    const eve = await register(api, 'Eve');
    const answer = await api.call('PATCH', `/v1/agent-repositories/${id}`, { token: eve.token, json: { name: 'Taken over' }, headers: { 'if-match': etag } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'AGENT_REPOSITORY_NOT_FOUND' } });
  });
});

describe('the settings of a repository', () => {
  it('a sync between reading and changing refuses nothing', async () => {
    const { id, etag } = await newRepository('Synced');
    await asSuperuser(database, "update app.agent_repository set last_sync_status = 'success', last_sync_commit_hash = 'c1' where uid = $1", [id]);
    expect((await read(id)).headers['etag']).toBe(etag);
    expect(await change(id, { name: 'Synced and renamed' }, etag)).toMatchObject({ status: 200, body: { lastSyncCommitHash: 'c1' } });
  });

  it.each([{ gitUrl: 'https://git.example/other.git' }, { branch: 'next' }, { agentDirectory: 'agents' }])(
    '%j makes the next sync start anew',
    async (json) => {
      const { id, etag } = await newRepository(`Moved ${JSON.stringify(json)}`);
      await asSuperuser(database, "update app.agent_repository set last_sync_commit_hash = 'c1' where uid = $1", [id]);
      expect(await change(id, json, etag)).toMatchObject({ status: 200, body: { ...json, lastSyncCommitHash: null } });
    },
  );

  it('are checked as when it was made, and the change is in the audit log', async () => {
    const { id, etag } = await newRepository('Checked');
    expect(await change(id, { gitUrl: 'ssh://a/b' }, etag)).toMatchObject({ status: 422, body: { code: 'GIT_URL_REFUSED' } });
    expect(await change(id, { name: null }, etag)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(await change(id, { name: 'Synced and renamed' }, etag)).toMatchObject({ status: 409, body: { code: 'AGENT_REPOSITORY_NAME_TAKEN' } });
    expect(await change(id, { name: 'Checked again' }, etag)).toMatchObject({ status: 200 });
    const rows = await asSuperuser(database, "select changes from app.audit_log where action = 'agent_repository.updated' and subject_id = $1", [id]);
    expect(rows).toMatchObject([{ changes: { before: { name: 'Checked' }, after: { name: 'Checked again' } } }]);
  });
});
