import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;

const key = (): string => `k1:${randomBytes(32).toString('base64')}`;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, { NODE_ENV: 'production', JWT_KEYS: key(), ENCRYPTION_KEYS: key() });
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const facts = { email: 'new@example.test', password: 'a long password', name: 'New', organizationName: 'New Ltd' };

describe('in production without mail', () => {
  it.each([
    ['registering', '/v1/auth/register', facts],
    ['registering a taken address', '/v1/auth/register', { ...facts, email: 'ada@example.test' }],
    ['resetting a password', '/v1/auth/password-reset', { email: 'ada@example.test' }],
    ['resetting the password of nobody', '/v1/auth/password-reset', { email: 'nobody@example.test' }],
    ['changing an address', '/v1/me/address', { email: 'new@example.test', password: 'a long password of Ada' }],
  ])('%s is refused before anything is stored or written', async (_what, path, json) => {
    expect(await api.call('POST', path, { json, token: ada.token })).toMatchObject({ status: 503, body: { code: 'MAIL_NOT_CONFIGURED' } });
    expect(await asSuperuser(database, 'select id from app.registration')).toEqual([]);
    expect(await asSuperuser(database, 'select id from app.one_time_token')).toEqual([]);
    expect(existsSync(join(api.home, 'outbox.jsonl'))).toBe(false);
  });

  it('an account that an operator has made signs in', async () => {
    expect(await api.call('POST', '/v1/auth/login', { json: { email: ada.email, password: ada.password } })).toMatchObject({ status: 200 });
  });
});
