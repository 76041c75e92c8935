import { AuthConnection } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { purgeOneTimeTokens, purgeRegistrations } from '#identity';
import { asSuperuser } from './support/as-superuser.js';
import { deliveries, lastToken } from './support/outbox.js';
import { register, registerOverHttp, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

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

const PASSWORD = 'a long password';
const NOT_GOOD = { status: 400, body: { code: 'ONE_TIME_TOKEN_INVALID', errors: [{ field: 'token' }] } };

const post = (path: string, json: unknown, token?: string) => api.call('POST', path, { json, ...(token === undefined ? {} : { token }) });
const ask = (email: string, organizationName = 'New Ltd') => post('/v1/auth/register', { email, password: PASSWORD, name: 'New', organizationName });
const verify = (token: string, password = PASSWORD) => post('/v1/auth/verify', { token, password });
const login = (email: string, password: string) => post('/v1/auth/login', { email, password });
const lastTokenTo = (email: string) => lastToken(api.home, email);

async function count(table: string, where = 'true', values: unknown[] = []): Promise<number> {
  const [row] = await asSuperuser<{ count: string }>(database, `select count(*) from app.${table} where ${where}`, values);
  return Number(row?.count);
}

async function sessionOf(person: RegisteredPerson, password = person.password): Promise<{ token: string; sessionId: string }> {
  const { body } = await login(person.email, password);
  return { token: String(body['accessToken']), sessionId: String(body['sessionId']) };
}

/** The sessions of a person that have not been ended. */
const openSessions = async (userId: string): Promise<string[]> =>
  (await asSuperuser<{ family_id: string }>(database, 'select family_id from app.refresh_token where user_id = $1 and revoked_at is null', [userId])).map(
    (row) => row.family_id,
  );

describe('registering', () => {
  it('makes nothing but a registration until the address is proven, and then everything', async () => {
    const asked = await post('/v1/auth/register', {
      email: ' Grace@Example.TEST ',
      password: PASSWORD,
      name: ' Grace ',
      organizationName: ' Grâce & Co ',
    });
    expect(asked).toMatchObject({ status: 202, body: { status: 'check-your-mail' } });
    expect(await count('"user"', 'email = $1', ['grace@example.test'])).toBe(0);
    expect(await login('grace@example.test', PASSWORD)).toMatchObject({ status: 401 });

    const { status, body, headers } = await verify(await lastTokenTo('grace@example.test'));
    expect({ status, body }).toMatchObject({ status: 201, body: { tokenType: 'Bearer', role: 'OWNER', expiresIn: 900, refreshToken: expect.any(String) } });
    expect(headers['cache-control']).toBe('no-store');
    expect(await api.call('GET', '/v1/me', { token: String(body['accessToken']) })).toMatchObject({
      status: 200,
      body: {
        id: body['userId'],
        email: 'grace@example.test',
        name: 'Grace',
        emailVerifiedAt: expect.any(String),
        organization: { id: body['organizationId'], name: 'Grâce & Co', slug: 'grace-co', role: 'OWNER' },
      },
    });
    const roles = await asSuperuser<{ is_system: boolean }>(database, 'select is_system from app.role where org_id = $1', [body['organizationId']]);
    expect(roles.length).toBeGreaterThan(0);
    expect(roles.every(({ is_system }) => is_system)).toBe(true);
    expect(await count('registration', 'email = $1', ['grace@example.test'])).toBe(0);
    expect(await login('grace@example.test', PASSWORD)).toMatchObject({ status: 200 });
  });

  it('keeps neither token nor password as they are', async () => {
    await ask('kept@example.test');
    const token = await lastTokenTo('kept@example.test');
    const [row] = await asSuperuser<{ password_hash: string; token_hash: string }>(database, 'select * from app.registration where email = $1', [
      'kept@example.test',
    ]);
    expect(row).toMatchObject({ password_hash: expect.stringMatching(/^\$argon2id\$/), token_hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(row)).not.toContain(token);
  });

  it('of a taken address stores nothing and tells its owner only, whatever its case', async () => {
    expect(await ask(ada.email.toUpperCase())).toMatchObject({ status: 202, body: { status: 'check-your-mail' } });
    expect(await count('registration', 'email = $1', [ada.email])).toBe(0);
    expect(await deliveries(api.home, ada.email)).toEqual([expect.objectContaining({ purpose: 'ALREADY_REGISTERED', token: null })]);
  });

  it('gives organizations of the same name slugs of their own', async () => {
    const slugs = new Set<unknown>();
    for (const email of ['twin1@example.test', 'twin2@example.test']) {
      await ask(email, 'Twins');
      const { body } = await verify(await lastTokenTo(email));
      const me = await api.call('GET', '/v1/me', { token: String(body['accessToken']) });
      slugs.add((me.body['organization'] as { slug: string }).slug);
    }
    expect(slugs.size).toBe(2);
  });

  it('takes a token once, also at the same moment', async () => {
    await ask('race@example.test');
    const token = await lastTokenTo('race@example.test');
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400]);
    expect(await verify(token)).toMatchObject(NOT_GOOD);
  });

  it('makes one account of two registrations of one address: the first that is proven', async () => {
    await ask('two@example.test');
    const first = await lastTokenTo('two@example.test');
    await ask('two@example.test');
    const second = await lastTokenTo('two@example.test');
    expect(second).not.toBe(first);
    const answers = await Promise.all([verify(second), verify(first)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
    expect(answers.find(({ status }) => status === 400)).toMatchObject(NOT_GOOD);
    expect(await count('"user"', 'email = $1', ['two@example.test'])).toBe(1);
  });

  it('gives nobody an account whose password somebody else chose', async () => {
    const email = 'victim@example.test';
    await post('/v1/auth/register', { email, password: 'the password of an attacker', name: 'Attacker', organizationName: 'Trap Ltd' });
    const planted = await lastTokenTo(email);
    await ask(email);
    const own = await lastTokenTo(email);
    const refused = await verify(planted);
    const unknown = await verify('plt_never');
    expect(refused).toMatchObject(NOT_GOOD);
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...refused.body, requestId: '' });
    expect(await post('/v1/auth/verify', { token: planted })).toMatchObject({ status: 400, body: { errors: [{ field: 'password' }] } });
    expect(await count('"user"', 'email = $1', [email])).toBe(0);
    expect(await verify(own)).toMatchObject({ status: 201 });
    expect(await login(email, 'the password of an attacker')).toMatchObject({ status: 401 });
    expect(await verify(planted, 'the password of an attacker')).toMatchObject(NOT_GOOD);
  });

  it('takes a token after a wrong password, and pauses after several', async () => {
    const counters = () => count('rate_limit', `key like 'registration:%'`);
    const before = await counters();
    await ask('typo@example.test');
    const token = await lastTokenTo('typo@example.test');
    expect(await verify(token, 'a longer password')).toMatchObject(NOT_GOOD);
    expect(await verify(token)).toMatchObject({ status: 201 });
    await ask('guessed@example.test');
    const guessed = await lastTokenTo('guessed@example.test');
    for (let failure = 0; failure < 9; failure += 1) await verify(guessed, 'not the password');
    expect(await verify(guessed)).toMatchObject(NOT_GOOD);
    expect(await count('registration', 'email = $1', ['guessed@example.test'])).toBe(1);
    await asSuperuser(database, `update app.rate_limit set expire = 0 where key like 'registration:%'`);
    expect(await verify(guessed)).toMatchObject({ status: 201 });
    expect(await counters()).toBe(before);
  });

  it('refuses a token that has expired like one that never was', async () => {
    await ask('late@example.test');
    await asSuperuser(database, `update app.registration set expires_at = now() where email = 'late@example.test'`);
    const expired = await verify(await lastTokenTo('late@example.test'));
    const unknown = await verify('plt_never');
    expect(expired).toMatchObject(NOT_GOOD);
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...expired.body, requestId: '' });
  });
});

describe('resetting a password', () => {
  const askReset = (email: string) => post('/v1/auth/password-reset', { email });
  const confirm = (token: string, password: string) => post('/v1/auth/password-reset/confirm', { token, password });

  it('sets the password, ends every session and every other token', async () => {
    const bob = await register(api, 'Bob');
    await sessionOf(bob);
    await askReset(bob.email.toUpperCase());
    const other = await lastTokenTo(bob.email);
    expect(await askReset(bob.email)).toMatchObject({ status: 202, body: { status: 'check-your-mail' } });
    const token = await lastTokenTo(bob.email);
    expect(await openSessions(bob.userId)).toHaveLength(2);

    expect(await confirm(token, 'another long password')).toMatchObject({ status: 204 });
    expect(await openSessions(bob.userId)).toEqual([]);
    expect(await login(bob.email, bob.password)).toMatchObject({ status: 401 });
    expect(await login(bob.email, 'another long password')).toMatchObject({ status: 200 });
    expect(await confirm(token, 'a third long password')).toMatchObject(NOT_GOOD);
    expect(await confirm(other, 'a third long password')).toMatchObject(NOT_GOOD);
  });

  it('ends the pause after failures to sign in', async () => {
    const eve = await register(api, 'Eve');
    for (let failure = 0; failure < 9; failure += 1) await login(eve.email, 'not the password');
    expect(await login(eve.email, eve.password)).toMatchObject({ status: 401 });
    await askReset(eve.email);
    await confirm(await lastTokenTo(eve.email), 'another long password');
    expect(await login(eve.email, 'another long password')).toMatchObject({ status: 200 });
  });

  it('of one person by two tokens at once succeeds once', async () => {
    const dan = await register(api, 'Dan');
    const tokens: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      await askReset(dan.email);
      tokens.push(await lastTokenTo(dan.email));
    }
    const answers = await Promise.all(tokens.map((token) => confirm(token, 'another long password')));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400]);
  });

  it('sends nothing to an address without an active account, and answers the same', async () => {
    const gone = await register(api, 'Gone');
    await asSuperuser(database, 'update app."user" set is_active = false where id = $1', [gone.userId]);
    for (const email of ['nobody@example.test', gone.email]) {
      expect(await askReset(email)).toMatchObject({ status: 202, body: { status: 'check-your-mail' } });
      expect(await deliveries(api.home, email)).toEqual([]);
    }
  });

  it('refuses an expired token, and one for something else', async () => {
    const fay = await register(api, 'Fay');
    await askReset(fay.email);
    await asSuperuser(database, 'update app.one_time_token set expires_at = now() where user_id = $1', [fay.userId]);
    expect(await confirm(await lastTokenTo(fay.email), 'another long password')).toMatchObject(NOT_GOOD);
    await post('/v1/me/address', { email: 'fay2@example.test', password: fay.password }, fay.token);
    expect(await confirm(await lastTokenTo('fay2@example.test'), 'another long password')).toMatchObject(NOT_GOOD);
  });
});

describe('changing a password', () => {
  it('needs the current one, and ends the other sessions only', async () => {
    const kim = await register(api, 'Kim');
    const { token, sessionId } = await sessionOf(kim);
    const change = (currentPassword: string) => post('/v1/me/password', { currentPassword, newPassword: 'another long password' }, token);
    expect(await change('not the password')).toMatchObject({ status: 403, body: { code: 'WRONG_PASSWORD', errors: [{ field: 'currentPassword' }] } });
    expect(await openSessions(kim.userId)).toHaveLength(2);
    expect(await change(kim.password)).toMatchObject({ status: 204 });
    expect(await openSessions(kim.userId)).toEqual([sessionId]);
    expect(await login(kim.email, kim.password)).toMatchObject({ status: 401 });
    expect(await login(kim.email, 'another long password')).toMatchObject({ status: 200 });
    expect(await count('audit_log', `action = 'password.changed' and subject_id = $1`, [kim.userId])).toBe(1);
  });

  it('pauses whoever guesses with a session, and not the person who signs in', async () => {
    const liv = await register(api, 'Liv');
    const change = (currentPassword: string) => post('/v1/me/password', { currentPassword, newPassword: 'another long password' }, liv.token);
    for (let failure = 0; failure < 9; failure += 1) await change('not the password');
    expect(await change(liv.password)).toMatchObject({ status: 403, body: { code: 'WRONG_PASSWORD' } });
    expect(await login(liv.email, liv.password)).toMatchObject({ status: 200 });
  });
});

describe('changing an address', () => {
  const askChange = (person: RegisteredPerson, email: string, password = person.password) => post('/v1/me/address', { email, password }, person.token);
  const confirm = (token: string) => post('/v1/auth/address/confirm', { token });

  it('takes effect when the new address is proven, and the old one is told', async () => {
    const lea = await register(api, 'Lea');
    expect(await askChange(lea, 'lea@new.example', 'not the password')).toMatchObject({ status: 403, body: { code: 'WRONG_PASSWORD' } });
    expect(await askChange(lea, ' Lea@New.Example ')).toMatchObject({ status: 202, body: { status: 'check-your-mail' } });
    expect(await login('lea@new.example', lea.password)).toMatchObject({ status: 401 });
    const token = await lastTokenTo('lea@new.example');
    expect(await confirm(token)).toMatchObject({ status: 204 });
    expect(await login('lea@new.example', lea.password)).toMatchObject({ status: 200 });
    expect(await login(lea.email, lea.password)).toMatchObject({ status: 401 });
    expect(await deliveries(api.home, lea.email)).toEqual([expect.objectContaining({ purpose: 'ADDRESS_CHANGED', token: null })]);
    expect(await confirm(token)).toMatchObject(NOT_GOOD);
  });

  it('to a taken address stores nothing and tells its owner only', async () => {
    const mia = await register(api, 'Mia');
    const max = await register(api, 'Max');
    expect(await askChange(mia, max.email)).toMatchObject({ status: 202, body: { status: 'check-your-mail' } });
    expect(await count('one_time_token', 'user_id = $1', [mia.userId])).toBe(0);
    expect(await deliveries(api.home, max.email)).toEqual([expect.objectContaining({ purpose: 'ALREADY_REGISTERED', token: null })]);
  });

  it('to one that is taken in between is refused like an expired token', async () => {
    const ned = await register(api, 'Ned');
    await askChange(ned, 'wanted@example.test');
    const token = await lastTokenTo('wanted@example.test');
    await register(api, 'Wanted');
    expect(await confirm(token)).toMatchObject(NOT_GOOD);
  });

  it('ends the reset that was sent to the old address', async () => {
    const pam = await register(api, 'Pam');
    await post('/v1/auth/password-reset', { email: pam.email });
    const reset = await lastTokenTo(pam.email);
    await askChange(pam, 'pam@new.example');
    await confirm(await lastTokenTo('pam@new.example'));
    expect(await post('/v1/auth/password-reset/confirm', { token: reset, password: 'another long password' })).toMatchObject(NOT_GOOD);
  });
});

it('a person changes what they are called, and it is kept who did', async () => {
  const ria = await registerOverHttp(api, 'Ria');
  expect(await api.call('PATCH', '/v1/me', { token: ria.token, json: { name: ' Ria Two ' } })).toMatchObject({
    status: 200,
    body: { id: ria.userId, name: 'Ria Two' },
  });
  expect(await count('audit_log', `action = 'user.renamed' and subject_id = $1 and actor_id = $1::uuid`, [ria.userId])).toBe(1);
});

describe('purging', () => {
  it('deletes registrations whose time is over and no others', async () => {
    await ask('old@example.test');
    await ask('fresh@example.test');
    await asSuperuser(database, `update app.registration set expires_at = now() - interval '1 second' where email = 'old@example.test'`);
    expect(await purgeRegistrations(api.app.get(AuthConnection))).toBeGreaterThan(0);
    expect(await count('registration', 'email = $1', ['old@example.test'])).toBe(0);
    expect(await count('registration', 'email = $1', ['fresh@example.test'])).toBe(1);
    expect(await purgeRegistrations(api.app.get(AuthConnection))).toBe(0);
  });

  it('deletes tokens that are used or too old and no others, so many at a time', async () => {
    const sue = await register(api, 'Sue');
    for (let index = 0; index < 3; index += 1) await post('/v1/auth/password-reset', { email: sue.email });
    const tokens = await asSuperuser<{ id: string }>(database, 'select id from app.one_time_token where user_id = $1 order by id', [sue.userId]);
    await asSuperuser(database, 'update app.one_time_token set used_at = now() where id <> $1', [tokens[0]?.id]);
    while ((await purgeOneTimeTokens(api.app.get(AuthConnection), 1)) > 0);
    expect(await asSuperuser(database, 'select id from app.one_time_token')).toEqual([tokens[0]]);
  });
});
