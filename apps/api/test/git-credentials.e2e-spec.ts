import { createTestDatabase, type TestDatabase } from '#database/testing';
import { newId } from '#database';
import { createRepository } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

const TOKEN = `ghp_planted-${newId()}`;
const DAY_MS = 86_400_000;
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

const at = (id: string): string => `/v1/agent-repositories/${id}/credential`;
const put = (id: string, json: unknown, { token } = ada) => api.call('PUT', at(id), { token, json });
const get = (id: string, { token } = ada) => api.call('GET', at(id), { token });
const remove = (id: string, { token } = ada) => api.call('DELETE', at(id), { token });

async function repository(): Promise<string> {
  return createRepository(api, ada, `repository ${newId()}`);
}

it('is stored, replaced, seen without its token, and removed', async () => {
  const id = await repository();
  expect(await get(id)).toMatchObject({ status: 404, body: { code: 'GIT_CREDENTIAL_NOT_FOUND' } });
  const stored = await put(id, { provider: 'github', token: TOKEN, tokenName: 'read only' });
  expect(stored).toMatchObject({
    status: 200,
    body: {
      repositoryId: id,
      provider: 'github',
      username: null,
      tokenName: 'read only',
      expiresAt: null,
      lastUsedAt: null,
      keyId: 'development',
      warning: null,
    },
  });
  expect(await get(id)).toMatchObject({ status: 200, body: stored.body });
  expect(await put(id, { provider: 'gitlab', token: 'another', username: 'me' })).toMatchObject({
    status: 200,
    body: { provider: 'gitlab', username: 'me', tokenName: null },
  });
  expect(
    await asSuperuser(database, 'select c.uid from app.git_credential c join app.agent_repository r on r.id = c.repository_id where r.uid = $1', [id]),
  ).toHaveLength(1);
  expect(await remove(id)).toMatchObject({ status: 204 });
  expect(await remove(id)).toMatchObject({ status: 404, body: { code: 'GIT_CREDENTIAL_NOT_FOUND' } });
  expect(await put(newId(), { provider: 'github', token: 'x' })).toMatchObject({ status: 404, body: { code: 'AGENT_REPOSITORY_NOT_FOUND' } });
});

it('is one, also where two store it at once', async () => {
  const id = await repository();
  const answers = await Promise.all(['one', 'two', 'three', 'four'].map((token) => put(id, { provider: 'github', token })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(
    await asSuperuser(database, 'select c.uid from app.git_credential c join app.agent_repository r on r.id = c.repository_id where r.uid = $1', [id]),
  ).toHaveLength(1);
});

it.each([
  [null, null],
  [15 * DAY_MS, null],
  [13 * DAY_MS, 'EXPIRES_SOON'],
  [-1_000, 'EXPIRED'],
])('warns of an end in %p ms: %p', async (left, warning) => {
  const id = await repository();
  const expiresAt = left === null ? null : new Date(Date.now() + left).toISOString();
  expect(await put(id, { provider: 'github', token: TOKEN, expiresAt })).toMatchObject({ status: 200, body: { expiresAt, warning } });
  expect((await get(id)).body).toMatchObject({ expiresAt, warning });
});

it.each<[string, number, Record<string, unknown>]>([
  ['token', 422, { token: `${TOKEN}\nhost=evil.example` }],
  ['token', 422, { token: `${TOKEN} ` + 'x' }],
  ['token', 400, { token: TOKEN.repeat(200) }],
  ['token', 400, { token: [TOKEN] }],
  ['username', 422, { username: 'a:b' }],
  ['username', 422, { username: `a\nquit=1` }],
  ['provider', 400, { provider: 'elsewhere' }],
  ['expiresAt', 400, { expiresAt: 'tomorrow' }],
  ['secret', 400, { secret: TOKEN }],
])('refuses a wrong %s with %i, and does not repeat it', async (field, status, change) => {
  const answer = await put(await repository(), { provider: 'github', token: TOKEN, ...change });
  expect(answer).toMatchObject({ status, body: { errors: expect.arrayContaining([expect.objectContaining({ field })]) } });
  expect(answer.text).not.toContain(TOKEN);
});

it('is refused for a repository that is a file', async () => {
  const created = await api.call('POST', '/v1/agent-repositories', { token: ada.token, json: { name: 'file', gitUrl: 'file:///srv/agents.git' } });
  expect(await put(String(created.body['id']), { provider: 'other', token: TOKEN })).toMatchObject({ status: 422, body: { code: 'GIT_CREDENTIAL_REFUSED' } });
});

it('is out of reach of other organizations', async () => {
  const id = await repository();
  await put(id, { provider: 'github', token: TOKEN });
  const bob = await register(api, 'Bob');
  for (const answer of [await get(id, bob), await remove(id, bob), await put(id, { provider: 'github', token: 'theirs' }, bob)]) {
    expect(answer).toMatchObject({ status: 404, body: { code: 'AGENT_REPOSITORY_NOT_FOUND' } });
  }
  expect((await get(id)).status).toBe(200);
});

it('goes with its repository, and each change is audited without the token', async () => {
  const id = await repository();
  await put(id, { provider: 'github', token: TOKEN });
  await remove(id);
  await put(id, { provider: 'github', token: TOKEN });
  const entries = await asSuperuser<{ action: string; changes: unknown }>(
    database,
    `select action, changes from app.audit_log where subject_id = $1 and action like 'git_credential.%' order by created_at, id`,
    [id],
  );
  expect(entries.map(({ action }) => action)).toEqual(['git_credential.stored', 'git_credential.removed', 'git_credential.stored']);
  expect(JSON.stringify(entries)).not.toContain(TOKEN);
  expect(await api.call('DELETE', `/v1/agent-repositories/${id}`, { token: ada.token })).toMatchObject({ status: 204 });
  expect(
    await asSuperuser(database, 'select 1 from app.git_credential c left join app.agent_repository r on r.id = c.repository_id where r.id is null'),
  ).toEqual([]);
  expect((await get(id)).body).toMatchObject({ code: 'AGENT_REPOSITORY_NOT_FOUND' });
});
