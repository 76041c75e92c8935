import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { jest } from '@jest/globals';
import { createOrganization, createTestDatabase, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import type { Answer } from './support/http-client.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;

/** What was logged. */
let lines = '';

beforeAll(async () => {
  jest.spyOn(fs, 'writeSync').mockImplementation((...[, chunk]: unknown[]) => {
    lines += String(chunk);
    return Buffer.byteLength(String(chunk));
  });
  database = await createTestDatabase();
  // A proxy is trusted so that tests can come from somewhere.
  api = await startApi(database, { LOG_LEVEL: 'trace', TRUSTED_PROXIES: 'loopback' });
});
afterAll(async () => {
  await api?.close();
  await database?.drop();
  jest.restoreAllMocks();
});
beforeEach(() => {
  lines = '';
});

/** Where a request comes from, and with what. */
const from = (ip: string, userAgent = 'a test') => ({ 'x-forwarded-for': ip, 'user-agent': userAgent });

interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly sessionId: string;
}

function sessionOf({ status, body, text }: Answer): Session {
  if (status !== 200) throw new Error(`This should have been a session and not ${status}: ${text}`);
  return { accessToken: String(body['accessToken']), refreshToken: String(body['refreshToken']), sessionId: String(body['sessionId']) };
}

const login = ({ email, password }: Pick<RegisteredPerson, 'email' | 'password'>, headers = from('203.0.113.1')) =>
  api.call('POST', '/v1/auth/login', { json: { email, password }, headers });
const signIn = async (person: RegisteredPerson, headers = from('203.0.113.1')): Promise<Session> => sessionOf(await login(person, headers));
const refresh = (refreshToken: string) => api.call('POST', '/v1/auth/refresh', { json: { refreshToken } });
const listed = async (token: string) => (await api.call('GET', '/v1/sessions', { token })).body['items'] as { id: string; current: boolean }[];

describe('a session', () => {
  it('is opened by signing in, renewed by refreshing, and ended by signing out', async () => {
    const ada = await register(api, 'Ada');
    const first = await signIn(ada);
    const renewed = await refresh(first.refreshToken);
    expect(renewed).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { userId: ada.userId, organizationId: ada.orgId, role: 'OWNER', sessionId: first.sessionId, refreshExpiresIn: 2_592_000 },
    });
    const second = sessionOf(renewed);
    expect(await api.call('GET', '/v1/me', { token: second.accessToken })).toMatchObject({ status: 200, body: { id: ada.userId } });
    expect(await api.call('POST', '/v1/auth/logout', { token: second.accessToken })).toMatchObject({ status: 204, text: '' });
    expect(await refresh(second.refreshToken)).toMatchObject({ status: 401, body: { code: 'REFRESH_TOKEN_INVALID' } });
    // The registration's own session goes on.
    expect(await api.call('GET', '/v1/me', { token: ada.token })).toMatchObject({ status: 200 });
  });

  it('is renewed ten times at once with one token', async () => {
    const { refreshToken } = await signIn(await register(api, 'Tabs'));
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body['refreshToken'])).size).toBe(10);
  });

  it('ends when an exchanged token comes back late, which is logged without any token or hash', async () => {
    const eve = await register(api, 'Eve');
    const first = await signIn(eve);
    const second = sessionOf(await refresh(first.refreshToken));
    await asSuperuser(database, `update app.refresh_token set replaced_at = now() - interval '11 seconds' where family_id = $1 and replaced_at is not null`, [
      first.sessionId,
    ]);
    const answers = [await refresh(first.refreshToken), await refresh(second.refreshToken)];
    expect(answers).toMatchObject([
      { status: 401, body: { code: 'REFRESH_TOKEN_REUSED' } },
      { status: 401, body: { code: 'REFRESH_TOKEN_INVALID' } },
    ]);
    const warning = lines.split('\n').find((line) => line.includes(first.sessionId));
    expect(JSON.parse(warning ?? '{}')).toMatchObject({ level: 'warn', name: 'sessions', userId: eve.userId });
    const hashes = await asSuperuser<{ token_hash: string }>(database, 'select token_hash from app.refresh_token where family_id = $1', [first.sessionId]);
    const said = lines + JSON.stringify(answers);
    for (const secret of [
      first.refreshToken,
      first.accessToken,
      second.refreshToken,
      second.accessToken,
      eve.password,
      ...hashes.map((row) => row.token_hash),
    ]) {
      expect(said).not.toContain(secret.split('.').at(-1));
    }
  });

  it('that cannot be renewed because the database refuses is logged without the token or its hash', async () => {
    const { refreshToken } = await signIn(await register(api, 'Unlucky'));
    await asSuperuser(database, 'alter table app.refresh_token rename column user_agent to gone_for_now');
    const answer = await refresh(refreshToken);
    await asSuperuser(database, 'alter table app.refresh_token rename column gone_for_now to user_agent');
    expect(answer.status).toBe(500);
    const said = lines + answer.text;
    const hash = createHash('sha256').update(refreshToken).digest('hex');
    expect(said).toContain('user_agent');
    expect(said).not.toContain(refreshToken.split('.')[1]);
    expect(said).not.toContain(hash);
    expect(await refresh(refreshToken)).toMatchObject({ status: 200 });
  });

  it.each([
    ['nothing', {}, 400, 'VALIDATION_FAILED'],
    ['a number', { refreshToken: 7 }, 400, 'VALIDATION_FAILED'],
    ['a text that is no token', { refreshToken: 'plr_nonsense' }, 401, 'REFRESH_TOKEN_INVALID'],
  ])('is not renewed with %s', async (_name, json, status, code) => {
    expect(await api.call('POST', '/v1/auth/refresh', { json })).toMatchObject({ status, body: { code } });
  });
});

describe('the list of sessions', () => {
  it("shows one's own, says which is asking, and reads page by page", async () => {
    const ada = await register(api, 'Lister');
    const phone = await signIn(ada, from('203.0.113.9', 'a phone'));
    const desk = await signIn(ada, from('2001:db8::9', 'a desk'));
    const { body } = await api.call('GET', '/v1/sessions', { token: desk.accessToken });
    expect(body).toMatchObject({
      items: [
        { id: desk.sessionId, ip: '2001:db8::9', userAgent: 'a desk', current: true, organization: { id: ada.orgId, name: 'Lister Ltd' } },
        { id: phone.sessionId, ip: '203.0.113.9', userAgent: 'a phone', current: false },
        { ip: null, userAgent: null, current: false },
      ],
      nextCursor: null,
    });
    const times = (body['items'] as { createdAt: string; lastUsedAt: string }[]).map(({ createdAt }) => Math.abs(Date.now() - Date.parse(createdAt)));
    expect(Math.max(...times)).toBeLessThan(60_000);
    const first = await api.call('GET', '/v1/sessions?limit=2', { token: desk.accessToken });
    const rest = await api.call('GET', `/v1/sessions?limit=2&cursor=${String(first.body['nextCursor'])}`, { token: desk.accessToken });
    expect([first.body['items'], rest.body['items']]).toMatchObject([[{ id: desk.sessionId }, { id: phone.sessionId }], [{ ip: null }]]);
    expect(await api.call('GET', '/v1/sessions?cursor=x', { token: desk.accessToken })).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });

  it('ends one of them, and not a second time', async () => {
    const ada = await register(api, 'Ender');
    const phone = await signIn(ada);
    expect(await api.call('DELETE', `/v1/sessions/${phone.sessionId}`, { token: ada.token })).toMatchObject({ status: 204 });
    expect(await refresh(phone.refreshToken)).toMatchObject({ status: 401, body: { code: 'REFRESH_TOKEN_INVALID' } });
    expect((await listed(ada.token)).map(({ id }) => id)).not.toContain(phone.sessionId);
    expect(await api.call('DELETE', `/v1/sessions/${phone.sessionId}`, { token: ada.token })).toMatchObject({
      status: 404,
      body: { code: 'SESSION_NOT_FOUND' },
    });
  });

  it("does not end somebody else's", async () => {
    const [ada, bob] = [await register(api, 'Victim'), await register(api, 'Bully')];
    const { sessionId, refreshToken } = await signIn(ada);
    expect(await api.call('DELETE', `/v1/sessions/${sessionId}`, { token: bob.token })).toMatchObject({ status: 404, body: { code: 'SESSION_NOT_FOUND' } });
    expect(await refresh(refreshToken)).toMatchObject({ status: 200 });
  });

  it('ends all but the one that asks', async () => {
    const ada = await register(api, 'Cleaner');
    const others = [await signIn(ada), await signIn(ada)];
    const here = await signIn(ada);
    expect(await api.call('DELETE', '/v1/sessions', { token: here.accessToken })).toMatchObject({ status: 204 });
    expect(await listed(here.accessToken)).toMatchObject([{ id: here.sessionId, current: true }]);
    for (const { refreshToken } of others) expect(await refresh(refreshToken)).toMatchObject({ status: 401 });
    expect(await asSuperuser(database, `select actor_id, subject_id from app.audit_log where org_id = $1 and action = 'session.revoked'`, [ada.orgId])).toEqual(
      [{ actor_id: ada.userId, subject_id: ada.userId }],
    );
    expect(await refresh(here.refreshToken)).toMatchObject({ status: 200 });
  });
});

describe('going to another organization', () => {
  it('is possible for members, and changes what one works in', async () => {
    const ada = await register(api, 'Switcher');
    const other = await createOrganization(database, { slug: 'other-one' });
    await asSuperuser(database, `insert into app.organization_user (org_id, user_id, role) values ($1, $2, 'DEVELOPER')`, [other.orgId, ada.userId]);
    const { accessToken, sessionId } = await signIn(ada);
    expect((await api.call('GET', '/v1/me/organizations', { token: accessToken })).body['items']).toMatchObject([
      { id: ada.orgId, role: 'OWNER', status: 'ACTIVE', current: true },
      { id: other.orgId, slug: 'other-one', role: 'DEVELOPER', current: false },
    ]);
    const answer = await api.call('POST', '/v1/auth/switch', { token: accessToken, json: { organizationId: other.orgId } });
    expect(answer).toMatchObject({ status: 200, body: { organizationId: other.orgId, role: 'DEVELOPER', sessionId } });
    const there = sessionOf(answer);
    expect((await api.call('GET', '/v1/me', { token: there.accessToken })).body['organization']).toMatchObject({ id: other.orgId });
    expect(await refresh(there.refreshToken)).toMatchObject({ status: 200, body: { organizationId: other.orgId } });
    // Also the next time.
    expect((await login(ada)).body).toMatchObject({ organizationId: other.orgId });
  });

  it('answers a foreign organization like one that does not exist', async () => {
    const ada = await register(api, 'Stranger');
    const foreign = await createOrganization(database);
    const go = (organizationId: string) => api.call('POST', '/v1/auth/switch', { token: ada.token, json: { organizationId } });
    const [one, none] = [await go(foreign.orgId), await go('0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3d')];
    expect(one).toMatchObject({ status: 404, body: { code: 'ORGANIZATION_NOT_FOUND' } });
    const blank = ({ body }: Answer, id: string) => ({ ...body, requestId: '', detail: String(body['detail']).replace(id, '') });
    expect(blank(one, foreign.orgId)).toEqual(blank(none, '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3d'));
  });
});

describe('failed sign-ins', () => {
  const guess = (email: string, ip: string) => login({ email, password: 'not the password' }, from(ip));

  it('make the address pause for the network they came from, also for the right password, and for no other network', async () => {
    const ada = await register(api, 'Target');
    const guesses = await Promise.all(Array.from({ length: 8 }, () => guess(ada.email, '198.51.100.66')));
    expect(guesses.every(({ status }) => status === 401)).toBe(true);
    // As if the pause were the longest, however slow this machine is.
    await asSuperuser(database, `update app.rate_limit set points = 60 where key like 'sign-in:pair:%' and points = 6`);
    const paused = await login(ada, from('198.51.100.66'));
    expect(paused).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIALS' } });
    expect({ ...paused.body, requestId: '' }).toEqual({ ...guesses[0]?.body, requestId: '' });
    expect(await login(ada, from('198.51.100.67'))).toMatchObject({ status: 200 });
    await asSuperuser(database, `update app.rate_limit set expire = expire - 60000 where key like 'sign-in:pair:%'`);
    expect(await login(ada, from('198.51.100.66'))).toMatchObject({ status: 200 });
  });

  it('count for the first half of an IPv6 address', async () => {
    const ada = await register(api, 'Household');
    for (let host = 1; host <= 6; host += 1) await guess(ada.email, `2001:db8:5:5::${host}`);
    await asSuperuser(database, `update app.rate_limit set points = 60 where key like 'sign-in:pair:%' and points = 6`);
    expect(await login(ada, from('2001:db8:5:5:aaaa::1'))).toMatchObject({ status: 401 });
    expect(await login(ada, from('2001:db8:5:6::1'))).toMatchObject({ status: 200 });
  });
});
