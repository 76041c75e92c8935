import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { addAgent, createRepository } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

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

const get = (path: string, person = ada) => api.call('GET', path, { token: person.token });
const post = (path: string, json?: unknown, person = ada) => api.call('POST', path, { token: person.token, json });
const namesOf = (body: Record<string, unknown>): string[] => (body['items'] as { name: string }[]).map(({ name }) => name);

function cursorOf({ nextCursor }: Record<string, unknown>): string {
  return typeof nextCursor === 'string' ? encodeURIComponent(nextCursor) : 'none';
}

function waitingSyncs(repositoryId: string): Promise<unknown[]> {
  return asSuperuser(database, `select id from app.job where kind = 'repository.sync' and payload ->> 'repositoryId' = $1`, [repositoryId]);
}

describe('agent repositories', () => {
  it('are created, read, listed, synced and deleted', async () => {
    const created = await post('/v1/agent-repositories', {
      name: 'Support',
      gitUrl: 'https://git.example/support.git',
      branch: 'develop',
      agentDirectory: 'agents',
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        name: 'Support',
        gitUrl: 'https://git.example/support.git',
        branch: 'develop',
        isRoot: false,
        agentDirectory: 'agents',
        lastSyncStatus: null,
        lastSyncErrors: [],
      },
    });
    const id = String(created.body['id']);
    expect(await get(`/v1/agent-repositories/${id}`)).toMatchObject({ status: 200, body: created.body });
    expect(namesOf((await get('/v1/agent-repositories')).body)).toContain('Support');

    expect(await api.call('POST', `/v1/agent-repositories/${id}/sync`, { token: ada.token })).toMatchObject({
      status: 202,
      body: { repositoryId: id, status: 'queued' },
    });
    expect(await post(`/v1/agent-repositories/${id}/sync`)).toMatchObject({ status: 202 });
    expect(await waitingSyncs(id)).toHaveLength(1);

    expect(await api.call('DELETE', `/v1/agent-repositories/${id}`, { token: ada.token })).toMatchObject({ status: 204, text: '' });
    expect(await get(`/v1/agent-repositories/${id}`)).toMatchObject({ status: 404, body: { code: 'AGENT_REPOSITORY_NOT_FOUND' } });
  });

  it('have names of their own within the organization only', async () => {
    await createRepository(api, ada, 'Twice');
    expect(await post('/v1/agent-repositories', { name: 'Twice', gitUrl: 'https://git.example/other.git' })).toMatchObject({
      status: 409,
      body: { code: 'AGENT_REPOSITORY_NAME_TAKEN', errors: [{ field: 'name' }] },
    });
    const bob = await register(api, 'Bob');
    await createRepository(api, bob, 'Twice');
  });

  it.each([
    ['gitUrl', { gitUrl: 'ssh://git.example/a.git' }],
    ['gitUrl', { gitUrl: 'https://user:secret@git.example/a.git' }],
    ['branch', { branch: '--upload-pack=x' }],
    ['agentDirectory', { agentDirectory: '../outside' }],
  ])('with an unsafe %s are refused by name', async (field, change) => {
    const answer = await post('/v1/agent-repositories', { name: `unsafe ${newId()}`, gitUrl: 'https://git.example/a.git', ...change });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  it('belong to everybody in the organization and survive in the list page by page', async () => {
    const carol = await register(api, 'Carol');
    for (const name of ['one', 'two', 'three']) await createRepository(api, carol, name);
    const first = await get('/v1/agent-repositories?limit=2', carol);
    expect(namesOf(first.body)).toEqual(['one', 'two']);
    const second = await get(`/v1/agent-repositories?limit=2&cursor=${cursorOf(first.body)}`, carol);
    expect(namesOf(second.body)).toEqual(['three']);
    expect(second.body['nextCursor']).toBeNull();
    // A serial key in a cursor would tell one organization how much the others do.
    expect(Buffer.from(cursorOf(first.body), 'base64url').toString()).not.toMatch(/"\d+"/);
  });
});

describe('git agents', () => {
  let dora: RegisteredPerson;
  let repositoryId: string;
  let helper: string;

  beforeAll(async () => {
    dora = await register(api, 'Dora');
    repositoryId = await createRepository(api, dora, 'agents');
    helper = await addAgent(database, repositoryId, { name: 'helper', tags: ['support', 'billing'] });
    await addAgent(database, repositoryId, { name: 'writer', tags: ['text'] });
    await addAgent(database, repositoryId, { name: 'gone', tags: ['support'], isActive: false });
  });

  it('are read one by one, by public ids only', async () => {
    const { status, body } = await get(`/v1/git-agents/${helper}`, dora);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { id: helper, repositoryId, name: 'helper', tags: ['support', 'billing'], isActive: true, frontmatter: { name: 'helper' } },
    });
    expect(body).not.toHaveProperty('orgId');
  });

  it.each([
    ['', ['helper', 'writer', 'gone']],
    ['?tag=support', ['helper', 'gone']],
    ['?active=true', ['helper', 'writer']],
    ['?active=false', ['gone']],
    ['?tag=support&active=true', ['helper']],
    ['?tag=nothing', []],
  ])('are filtered: %p', async (query, names) => {
    const { status, body } = await get(`/v1/git-agents${query}`, dora);
    expect({ status, names: namesOf(body) }).toEqual({ status: 200, names });
  });

  it('are filtered by repository', async () => {
    const empty = await createRepository(api, dora, 'empty');
    expect(namesOf((await get(`/v1/git-agents?repositoryId=${repositoryId}`, dora)).body)).toHaveLength(3);
    expect(namesOf((await get(`/v1/git-agents?repositoryId=${empty}`, dora)).body)).toEqual([]);
  });

  it('are paged through without loss or repetition', async () => {
    const seen: string[] = [];
    let path = '/v1/git-agents?limit=1';
    for (let page = 0; page < 5; page += 1) {
      const { body } = await get(path, dora);
      seen.push(...namesOf(body));
      if (body['nextCursor'] === null) break;
      path = `/v1/git-agents?limit=1&cursor=${cursorOf(body)}`;
    }
    expect(seen).toEqual(['helper', 'writer', 'gone']);
  });

  it('go with their repository', async () => {
    const gone = await createRepository(api, dora, 'short-lived');
    const agent = await addAgent(database, gone, { name: 'brief' });
    expect(await get(`/v1/git-agents/${agent}`, dora)).toMatchObject({ status: 200 });
    await api.call('DELETE', `/v1/agent-repositories/${gone}`, { token: dora.token });
    expect(await get(`/v1/git-agents/${agent}`, dora)).toMatchObject({ status: 404, body: { code: 'GIT_AGENT_NOT_FOUND' } });
  });
});
