import { createTestDatabase, type TestDatabase } from '#database/testing';
import { addMember, type Member } from './support/members.js';
import { eventually } from './support/eventually.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let eve: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  eve = await register(api, 'Eve');
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const change = (token: string, userId: string, json: unknown) => api.call('PATCH', `/v1/members/${userId}`, { token, json });
const remove = (token: string, userId: string) => api.call('DELETE', `/v1/members/${userId}`, { token });
const member = (role: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER'): Promise<Member> => addMember(database, api, ada.orgId, role);

describe('members over HTTP', () => {
  it('are listed by pages and shown one by one, to every member', async () => {
    const viewer = await member('VIEWER');
    const page = await api.call('GET', '/v1/members?limit=1', { token: viewer.token });
    expect(page).toMatchObject({ status: 200, body: { items: [{ userId: ada.userId, email: ada.email, role: 'OWNER', permissions: [], isActive: true }] } });
    const next = await api.call('GET', `/v1/members?limit=1&cursor=${String(page.body['nextCursor'])}`, { token: viewer.token });
    expect(next.body).toMatchObject({ items: [{ userId: viewer.userId }], nextCursor: null });
    expect(await api.call('GET', `/v1/members/${viewer.userId}`, { token: viewer.token })).toMatchObject({
      status: 200,
      body: { role: 'VIEWER', name: 'A member' },
    });
    expect(await api.call('GET', '/v1/members?cursor=x', { token: viewer.token })).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });

  it('of another organization answer like nobody', async () => {
    const notFound = { status: 404, body: { code: 'MEMBER_NOT_FOUND' } };
    expect(await api.call('GET', `/v1/members/${eve.userId}`, { token: ada.token })).toMatchObject(notFound);
    expect(await change(ada.token, eve.userId, { role: 'VIEWER' })).toMatchObject(notFound);
    expect(await remove(ada.token, eve.userId)).toMatchObject(notFound);
  });

  it('get a role and permissions, which hold within 5 seconds', async () => {
    const developer = await member('DEVELOPER');
    const log = () => api.call('GET', '/v1/audit-log', { token: developer.token });
    expect(await log()).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    expect(await change(ada.token, developer.userId, { permissions: ['audit:read'] })).toMatchObject({ status: 200, body: { permissions: ['audit:read'] } });
    await eventually(async () => expect((await log()).status).toBe(200));
    expect(await change(ada.token, developer.userId, { role: 'VIEWER', permissions: [] })).toMatchObject({
      status: 200,
      body: { role: 'VIEWER', permissions: [] },
    });
    await eventually(async () => expect((await log()).status).toBe(403));
  });

  it('are given nothing that the giver does not have', async () => {
    const [admin, viewer] = [await member('ADMIN'), await member('VIEWER')];
    const refused = { status: 403, body: { code: 'ROLE_NOT_GRANTABLE' } };
    expect(await change(admin.token, viewer.userId, { role: 'OWNER' })).toMatchObject({ ...refused, body: { errors: [{ field: 'role' }] } });
    expect(await change(admin.token, viewer.userId, { permissions: ['organization:delete'] })).toMatchObject({
      ...refused,
      body: { errors: [{ field: 'permissions' }] },
    });
    expect(await change(admin.token, ada.userId, { role: 'VIEWER' })).toMatchObject(refused);
    expect(await remove(admin.token, ada.userId)).toMatchObject(refused);
    expect(await change(viewer.token, viewer.userId, { role: 'ADMIN' })).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it.each<[unknown]>([
    [{ role: 'GOD' }],
    [{ role: null }],
    [{ permissions: null }],
    [{ permissions: ['all'] }],
    [{ permissions: 'audit:read' }],
    [{ isActive: false }],
  ])('take no %j', async (json) => {
    expect(await change(ada.token, ada.userId, json)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  it('that are removed are out within 5 seconds', async () => {
    const viewer = await member('VIEWER');
    const list = () => api.call('GET', '/v1/members', { token: viewer.token });
    expect((await list()).status).toBe(200);
    expect((await remove(ada.token, viewer.userId)).status).toBe(204);
    expect(await remove(ada.token, viewer.userId)).toMatchObject({ status: 404 });
    await eventually(async () => expect((await list()).status).toBe(401));
  });

  it('leave by themselves, but not the last OWNER', async () => {
    const leave = (token: string) => api.call('POST', '/v1/members/leave', { token });
    const viewer = await member('VIEWER');
    expect((await leave(viewer.token)).status).toBe(204);
    expect(await leave(ada.token)).toMatchObject({ status: 409, body: { code: 'LAST_OWNER' } });
    expect(await remove(ada.token, ada.userId)).toMatchObject({ status: 409, body: { code: 'LAST_OWNER' } });
    expect(await change(ada.token, ada.userId, { role: 'ADMIN' })).toMatchObject({ status: 409, body: { code: 'LAST_OWNER' } });
  });
});
