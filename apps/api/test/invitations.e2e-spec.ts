import { createTestDatabase, type TestDatabase } from '#database/testing';
import { deliveries, lastToken } from './support/outbox.js';
import { addMember } from './support/members.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let guest: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  guest = await register(api, 'Guest');
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const invite = (token: string, email: string, role = 'DEVELOPER') => api.call('POST', '/v1/invitations', { token, json: { email, role } });
const accept = (person: RegisteredPerson, token: string) => api.call('POST', '/v1/invitations/accept', { token: person.token, json: { token } });

describe('invitations over HTTP', () => {
  it('bring the token to the address and never into an answer', async () => {
    const made = await invite(ada.token, guest.email);
    expect(made).toMatchObject({ status: 201, body: { email: guest.email, role: 'DEVELOPER', status: 'PENDING', createdBy: ada.userId } });
    const token = await lastToken(api.home, guest.email);
    expect((await deliveries(api.home, guest.email)).at(-1)).toMatchObject({ purpose: 'INVITATION', organizationName: 'Ada Ltd' });
    const list = await api.call('GET', '/v1/invitations?status=PENDING', { token: ada.token });
    expect(list).toMatchObject({ status: 200, body: { items: [{ id: made.body['id'] }], nextCursor: null } });
    for (const text of [made.text, list.text]) expect(text).not.toContain(token.split('.').at(-1));
  });

  it('make who accepts a member, who switches to the organization', async () => {
    await invite(ada.token, guest.email, 'VIEWER');
    const token = await lastToken(api.home, guest.email);
    const stranger = await register(api, 'Stranger');
    expect(await accept(stranger, token)).toMatchObject({ status: 403, body: { code: 'INVITATION_FOR_SOMEBODY_ELSE' } });
    const answers = await Promise.all([accept(guest, token), accept(guest, token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(answers.find(({ status }) => status === 200)?.body).toEqual({ organizationId: ada.orgId, role: 'VIEWER' });
    expect(answers.find(({ status }) => status === 404)?.body).toMatchObject({ code: 'INVITATION_TOKEN_INVALID' });
    expect(await invite(ada.token, guest.email)).toMatchObject({ status: 409, body: { code: 'ALREADY_MEMBER' } });
    expect(await api.call('GET', `/v1/members/${guest.userId}`, { token: ada.token })).toMatchObject({ status: 200, body: { role: 'VIEWER' } });
  });

  it('are taken back, after which the token is answered like any bad one', async () => {
    const late = await register(api, 'Late');
    const { body } = await invite(ada.token, late.email);
    const token = await lastToken(api.home, late.email);
    const revoke = () => api.call('DELETE', `/v1/invitations/${String(body['id'])}`, { token: ada.token });
    expect((await revoke()).status).toBe(204);
    expect(await revoke()).toMatchObject({ status: 404, body: { code: 'INVITATION_NOT_FOUND' } });
    const [revoked, nonsense] = [await accept(late, token), await accept(late, 'nonsense')];
    expect(revoked).toMatchObject({ status: 404, body: { code: 'INVITATION_TOKEN_INVALID' } });
    expect({ ...nonsense.body, requestId: '' }).toEqual({ ...revoked.body, requestId: '' });
    expect(await api.call('GET', '/v1/invitations?status=REVOKED', { token: ada.token })).toMatchObject({ body: { items: [{ status: 'REVOKED' }] } });
  });

  it('are for those who may invite, with no role above their own', async () => {
    const [admin, developer] = [await addMember(database, api, ada.orgId, 'ADMIN'), await addMember(database, api, ada.orgId, 'DEVELOPER')];
    expect(await invite(admin.token, 'boss@example.test', 'OWNER')).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_GRANTABLE' } });
    expect(await invite(developer.token, 'friend@example.test', 'VIEWER')).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    expect(await api.call('GET', '/v1/invitations', { token: developer.token })).toMatchObject({ status: 403 });
  });

  it('name field and rule where the request is not valid', async () => {
    expect(await invite(ada.token, 'no address')).toMatchObject({ status: 400, body: { errors: [{ field: 'email' }] } });
    expect(await invite(ada.token, 'a@example.test', 'GOD')).toMatchObject({ status: 400, body: { errors: [{ field: 'role' }] } });
    expect(await api.call('GET', '/v1/invitations?status=OPEN', { token: ada.token })).toMatchObject({ status: 400, body: { errors: [{ field: 'status' }] } });
    expect(await api.call('POST', '/v1/invitations/accept', { json: { token: 'x' } })).toMatchObject({ status: 401 });
  });
});
