import { createTestDatabase, type TestDatabase } from '#database/testing';
import { AccountsService } from '#identity';
import { asSuperuser } from './support/as-superuser.js';
import { deliveries, lastToken } from './support/outbox.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, { REGISTRATION_ENABLED: 'false' });
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const PASSWORD = 'a long password';
const registerInvited = (token: string, password = PASSWORD) => api.call('POST', '/v1/auth/register-invited', { json: { token, password, name: ' Zoe ' } });

/** Invites over HTTP, and answers the token that was sent. */
async function invite(email: string, role = 'DEVELOPER'): Promise<string> {
  const { status, text } = await api.call('POST', '/v1/invitations', { token: ada.token, json: { email, role } });
  if (status !== 201) throw new Error(`The invitation answered ${status}: ${text}`);
  return await lastToken(api.home, email);
}

describe('where registration is closed', () => {
  it.each(['new@example.test', 'ada@example.test'])('nobody registers (%s)', async (email) => {
    const answer = await api.call('POST', '/v1/auth/register', { json: { email, password: PASSWORD, name: 'New', organizationName: 'New Ltd' } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'REGISTRATION_CLOSED' } });
    expect(await deliveries(api.home, email)).toEqual([]);
    expect(await asSuperuser(database, 'select id from app.registration')).toEqual([]);
  });

  it('an invitation lets people in, with a proven address, once', async () => {
    const token = await invite('zoe@example.test');
    const { status, body } = await registerInvited(token);
    expect({ status, body }).toMatchObject({ status: 201, body: { organizationId: ada.orgId, role: 'DEVELOPER' } });
    expect(await api.call('GET', '/v1/me', { token: String(body['accessToken']) })).toMatchObject({
      status: 200,
      body: { email: 'zoe@example.test', name: 'Zoe', emailVerifiedAt: expect.any(String), organization: { id: ada.orgId, role: 'DEVELOPER' } },
    });
    expect(await api.call('POST', '/v1/auth/login', { json: { email: 'zoe@example.test', password: PASSWORD } })).toMatchObject({
      status: 200,
      body: { organizationId: ada.orgId },
    });
    expect(await registerInvited(token)).toMatchObject({ status: 404, body: { code: 'INVITATION_TOKEN_INVALID' } });
  });

  it('an invitation that is none lets nobody in', async () => {
    expect(await registerInvited('pli_nonsense')).toMatchObject({ status: 404, body: { code: 'INVITATION_TOKEN_INVALID' } });
    const token = await invite('yan@example.test');
    await asSuperuser(database, `update app.organization_invitation set expires_at = now() where email = 'yan@example.test'`);
    expect(await registerInvited(token)).toMatchObject({ status: 404, body: { code: 'INVITATION_TOKEN_INVALID' } });
    expect(await asSuperuser(database, `select id from app."user" where email = 'yan@example.test'`)).toEqual([]);
  });

  it('whoever has an account joins with its password, and not with another', async () => {
    const account = { email: 'xia@example.test', password: PASSWORD, name: 'Xia', organizationName: 'Xia Ltd' };
    const { userId } = await api.app.get(AccountsService).create(account);
    const token = await invite(account.email, 'VIEWER');
    expect(await registerInvited(token, 'not the password')).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
    expect(await registerInvited(token)).toMatchObject({ status: 201, body: { userId, organizationId: ada.orgId, role: 'VIEWER' } });
  });
});
