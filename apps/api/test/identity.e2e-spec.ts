import { createTestDatabase, type TestDatabase } from '#database/testing';
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

describe('signing in', () => {
  const login = (email: string, password: string) => api.call('POST', '/v1/auth/login', { json: { email, password } });

  it('gives a token for the organization', async () => {
    expect(await login(ada.email.toUpperCase(), ada.password)).toMatchObject({
      status: 200,
      body: { userId: ada.userId, organizationId: ada.orgId, role: 'OWNER' },
    });
  });

  it('answers a wrong password exactly like an unknown address', async () => {
    const wrong = await login(ada.email, 'not the password');
    const unknown = await login('nobody@example.test', 'not the password');
    expect(wrong).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIALS' } });
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="plinth"');
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    expect(await login(ada.email, ada.password)).toMatchObject({ status: 200 });
  });

  it('is refused to a deactivated account, whose tokens end too', async () => {
    const mallory = await register(api, 'Mallory');
    await asSuperuser(database, 'update app."user" set is_active = false where id = $1', [mallory.userId]);
    expect(await login(mallory.email, mallory.password)).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIALS' } });
    expect(await api.call('GET', '/v1/me', { token: mallory.token })).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
  });

  it('is refused to somebody without an organization', async () => {
    const lone = await register(api, 'Lone');
    await asSuperuser(database, 'delete from app.organization_user where user_id = $1', [lone.userId]);
    expect(await login(lone.email, lone.password)).toMatchObject({ status: 403, body: { code: 'NO_ORGANIZATION' } });
  });

  it('more often at once than there are places answers 503 with Retry-After, and never anything else', async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, (_, index) => login(`flood${index}@example.test`, 'not the password')));
    const refused = answers.filter(({ status }) => status === 503);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 503]));
    expect(refused[0]).toMatchObject({ body: { code: 'PASSWORD_HASHING_BUSY' }, headers: { 'retry-after': '1' } });
  });
});

describe('a request without a valid token', () => {
  it.each([
    ['none', undefined, 'UNAUTHENTICATED', 'Bearer realm="plinth"'],
    ['another scheme', 'Basic YTpi', 'UNAUTHENTICATED', 'Bearer realm="plinth"'],
    ['nonsense', 'Bearer abc', 'TOKEN_INVALID', 'Bearer realm="plinth", error="invalid_token"'],
  ])('(%s) answers 401 with a challenge', async (_name, authorization, code, challenge) => {
    const answer = await api.call('GET', '/v1/me', { headers: authorization === undefined ? {} : { authorization } });
    expect(answer).toMatchObject({ status: 401, body: { code }, headers: { 'www-authenticate': challenge } });
  });
});
