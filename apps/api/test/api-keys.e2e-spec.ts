import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import type { Answer } from './support/http-client.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import { eventually } from './support/eventually.js';

const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString();

let database: TestDatabase;
let api: RunningApi;
/** Another process of the same service, with caches of its own. */
let other: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  other = await startApi(database);
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  await other?.close();
  await api?.close();
  await database?.drop();
});

const create = (json: unknown, token = ada.token): Promise<Answer> => api.call('POST', '/v1/api-keys', { token, json });

async function keyWith(...scopes: string[]): Promise<{ id: string; key: string }> {
  const { status, body, text } = await create({ name: 'test', scopes });
  if (status !== 201) throw new Error(`Creating a key answered ${status}: ${text}`);
  return { id: String(body['id']), key: String(body['key']) };
}

const agents = (token: string, at = api): Promise<Answer> => at.call('GET', '/v1/git-agents', { token });
const repository = (token: string, name: string): Promise<Answer> =>
  api.call('POST', '/v1/agent-repositories', { token, json: { name, gitUrl: 'https://git.example/a.git' } });
const lastUse = async (id: string): Promise<unknown> => (await api.call('GET', `/v1/api-keys/${id}`, { token: ada.token })).body['lastUsedAt'];

describe('an API key', () => {
  it('is shown once and kept as a hash', async () => {
    const { status, body } = await create({ name: ' Nightly ', scopes: ['run:read'], expiresAt: IN_AN_HOUR });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { name: 'Nightly', scopes: ['run:read'], createdBy: ada.userId, creatorName: 'Ada', expiresAt: IN_AN_HOUR, lastUsedAt: null, revokedAt: null },
    });
    const { id, key, prefix } = body as { id: string; key: string; prefix: string };
    expect(key).toMatch(new RegExp(`^plk_${ada.orgId.replaceAll('-', '')}\\.${prefix}\\.[A-Za-z0-9_-]{43}$`));
    const one = await api.call('GET', `/v1/api-keys/${id}`, { token: ada.token });
    const list = await api.call('GET', '/v1/api-keys', { token: ada.token });
    const [row] = await asSuperuser<{ row: unknown }>(database, 'select to_jsonb(k) as row from app.api_key k where id = $1', [id]);
    const secret = key.split('.')[2] ?? key;
    for (const text of [one.text, list.text, JSON.stringify(row)]) {
      expect(text).toContain(prefix);
      expect(text).not.toContain(secret);
    }
  });

  it('does what its scopes hold, as itself, and nothing else', async () => {
    const { id, key } = await keyWith('agent_repository:read', 'agent_repository:create');
    expect((await agents(key)).status).toBe(200);
    const { status, body } = await repository(key, 'by a key');
    expect(status).toBe(201);
    const [row] = await asSuperuser(database, 'select created_by from app.agent_repository where uid = $1', [body['id']]);
    expect(row).toEqual({ created_by: null });
    const denied = await api.call('DELETE', `/v1/agent-repositories/${String(body['id'])}`, { token: key });
    expect(denied).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED', detail: expect.stringContaining('"agent_repository:delete"') } });
    expect(await api.call('GET', '/v1/me', { token: key })).toMatchObject({ status: 403, body: { code: 'PERSON_REQUIRED' } });
    expect(id).toEqual(expect.any(String));
  });

  it('gives no more than its maker may do, whoever that is', async () => {
    await asSuperuser(database, `update app.organization_user set permissions = '["api_key:manage"]', role = 'VIEWER' where user_id = $1`, [ada.userId]);
    try {
      await eventually(async () => expect((await create({ name: 'x', scopes: ['run:create', 'run:read'] })).status).toBe(422));
      expect(await create({ name: 'x', scopes: ['run:create', 'run:read'] })).toMatchObject({
        body: { code: 'SCOPE_NOT_HELD', detail: expect.stringMatching(/run:create\.$/), errors: [{ field: 'scopes' }] },
      });
      expect((await create({ name: 'x', scopes: ['run:read'] })).status).toBe(201);
    } finally {
      await asSuperuser(database, `update app.organization_user set permissions = '[]', role = 'OWNER' where user_id = $1`, [ada.userId]);
      await eventually(async () => expect((await create({ name: 'x', scopes: ['run:create'] })).status).toBe(201));
    }
    const { key } = await keyWith('api_key:manage', 'run:read');
    expect(await create({ name: 'x', scopes: ['run:create'] }, key)).toMatchObject({ status: 422, body: { code: 'SCOPE_NOT_HELD' } });
    expect(await create({ name: 'x', scopes: ['run:read'] }, key)).toMatchObject({ status: 201, body: { createdBy: null, creatorName: null } });
  });

  it.each([
    ['an unknown scope', { name: 'x', scopes: ['run:fly'] }, 400, 'scopes'],
    ['a scope twice', { name: 'x', scopes: ['run:read', 'run:read'] }, 400, 'scopes'],
    ['no scopes', { name: 'x' }, 400, 'scopes'],
    ['no name', { name: ' ', scopes: [] }, 400, 'name'],
    ['a day instead of a time', { name: 'x', scopes: [], expiresAt: '2030-01-01' }, 400, 'expiresAt'],
    ['a number as time', { name: 'x', scopes: [], expiresAt: 1 }, 400, 'expiresAt'],
    ['a time that is past', { name: 'x', scopes: [], expiresAt: '2020-01-01T00:00:00Z' }, 422, 'expiresAt'],
  ])('is refused with %s', async (_name, json, status, field) => {
    expect(await create(json)).toMatchObject({ status, body: { errors: expect.arrayContaining([expect.objectContaining({ field })]) } });
  });

  it('of another organization is not found, and neither listed nor revoked', async () => {
    const bob = await register(api, 'Bob');
    const { id } = await keyWith('run:read');
    for (const method of ['GET', 'DELETE']) {
      expect(await api.call(method, `/v1/api-keys/${id}`, { token: bob.token })).toMatchObject({ status: 404, body: { code: 'API_KEY_NOT_FOUND' } });
    }
    expect((await api.call('GET', '/v1/api-keys', { token: bob.token })).body).toEqual({ items: [], nextCursor: null });
  });

  it('leaves entries in the audit log, without the secret', async () => {
    const { id, key } = await keyWith('run:read');
    await api.call('DELETE', `/v1/api-keys/${id}`, { token: ada.token });
    const rows = await asSuperuser<{ action: string; actor_id: string; changes: unknown }>(
      database,
      'select action, actor_id, changes from app.audit_log where subject_id = $1 order by created_at',
      [id],
    );
    expect(rows).toMatchObject([
      { action: 'api_key.created', actor_id: ada.userId, changes: { name: 'test', scopes: ['run:read'] } },
      { action: 'api_key.revoked', actor_id: ada.userId },
    ]);
    expect(JSON.stringify(rows)).not.toContain(key.split('.')[2] ?? key);
  });
});

describe('a key that is not valid', () => {
  it('answers the same, whatever is wrong with it', async () => {
    const { id, key } = await keyWith('agent_repository:read');
    const expired = await keyWith('agent_repository:read');
    const revoked = await keyWith('agent_repository:read');
    await asSuperuser(database, `update app.api_key set expires_at = now() - interval '1 second' where id = $1`, [expired.id]);
    await api.call('DELETE', `/v1/api-keys/${revoked.id}`, { token: ada.token });
    const wrongSecret = key.slice(0, -4) + (key.endsWith('AAAA') ? 'BBBB' : 'AAAA');
    const unknown = key.replace(id.replaceAll('-', ''), newId().replaceAll('-', ''));
    const elsewhere = key.replace(ada.orgId.replaceAll('-', ''), newId().replaceAll('-', ''));
    const answers = await Promise.all([expired.key, revoked.key, wrongSecret, unknown, elsewhere, 'plk_nonsense'].map((token) => agents(token)));
    expect(answers[0]).toMatchObject({
      status: 401,
      body: { code: 'API_KEY_INVALID' },
      headers: { 'www-authenticate': 'Bearer realm="plinth", error="invalid_token"' },
    });
    for (const answer of answers) expect({ ...answer.body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' });
    expect((await agents(key)).status).toBe(200);
  });

  it('is refused within 5 s of being revoked, by every process', async () => {
    const { id, key } = await keyWith('agent_repository:read');
    expect([(await agents(key)).status, (await agents(key, other)).status]).toEqual([200, 200]);
    expect((await api.call('DELETE', `/v1/api-keys/${id}`, { token: ada.token })).status).toBe(204);
    await eventually(async () => expect([(await agents(key)).status, (await agents(key, other)).status]).toEqual([401, 401]));
    expect((await api.call('DELETE', `/v1/api-keys/${id}`, { token: ada.token })).status).toBe(204);
  });

  it('is told that its organization is suspended, when it is right', async () => {
    const eve = await register(api, 'Eve');
    const { body } = await create({ name: 'x', scopes: ['agent_repository:read'] }, eve.token);
    const key = String(body['key']);
    await asSuperuser(database, `update app.organization set status = 'SUSPENDED' where id = $1`, [eve.orgId]);
    expect(await agents(key)).toMatchObject({ status: 403, body: { code: 'ORGANIZATION_SUSPENDED' } });
    expect((await agents(`${key.slice(0, -4)}${key.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`)).status).toBe(401);
  });
});

describe('the last use of a key', () => {
  it('is written once for many requests, at the latest when the process ends', async () => {
    const third = await startApi(database);
    const { id, key } = await keyWith('agent_repository:read');
    for (let request = 0; request < 5; request += 1) expect((await agents(key, third)).status).toBe(200);
    expect(await lastUse(id)).toBeNull();
    const before = Date.now();
    await third.close();
    const used = new Date(String(await lastUse(id))).getTime();
    expect(Math.abs(used - before)).toBeLessThan(60_000);
  });

  it('and its maker are shown after the maker has left; the key works on', async () => {
    const zoe = await register(api, 'Zoe');
    const { body } = await create({ name: 'x', scopes: ['api_key:read'] }, zoe.token);
    await asSuperuser(database, 'delete from app.organization_user where user_id = $1', [zoe.userId]);
    expect(await api.call('GET', '/v1/api-keys', { token: String(body['key']) })).toMatchObject({
      status: 200,
      body: { items: [{ createdBy: zoe.userId, creatorName: null }] },
    });
  });
});
