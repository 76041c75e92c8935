import { createTestDatabase, type TestDatabase } from '#database/testing';
import { addMember } from './support/members.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let viewer: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  viewer = (await addMember(database, api, ada.orgId, 'VIEWER')).userId;
  for (const role of ['DEVELOPER', 'ADMIN', 'VIEWER']) await api.call('PATCH', `/v1/members/${viewer}`, { token: ada.token, json: { role } });
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

interface Entry {
  readonly id: string;
  readonly createdAt: string;
  readonly requestId: string;
}

const read = (query = '', token = ada.token) => api.call('GET', `/v1/audit-log?${query}`, { token });
const entries = async (query = ''): Promise<Entry[]> => (await read(query)).body['items'] as Entry[];

describe('the audit log over HTTP', () => {
  it('says who did what, newest first and page by page', async () => {
    const { status, body } = await read(`subjectType=organization_user&subjectId=${viewer}&limit=2`);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            action: 'member.changed',
            actorType: 'USER',
            actorId: ada.userId,
            changes: { role: { from: 'ADMIN', to: 'VIEWER' } },
            requestId: expect.any(String),
          },
          { changes: { role: { from: 'DEVELOPER', to: 'ADMIN' } } },
        ],
      },
    });
    const rest = await read(`subjectType=organization_user&subjectId=${viewer}&limit=2&cursor=${String(body['nextCursor'])}`);
    expect(rest.body).toMatchObject({ items: [{ changes: { role: { from: 'VIEWER', to: 'DEVELOPER' } } }], nextCursor: null });
  });

  it('is narrowed by action, actor and time', async () => {
    const [newest, middle] = await entries('action=member.changed');
    expect(await entries(`actorId=${ada.userId}&action=member.changed`)).toHaveLength(3);
    expect(await entries(`actorId=${viewer}`)).toEqual([]);
    expect(await entries(`subjectId=${viewer}`)).toHaveLength(3);
    expect((await entries(`action=member.changed&to=${newest?.createdAt ?? ''}`)).map(({ id }) => id)).toContain(middle?.id);
    expect(await entries('action=member.changed&from=2999-01-01T00:00:00Z')).toEqual([]);
  });

  it.each([
    ['actorId=x', 'actorId'],
    ['from=yesterday', 'from'],
    ['to=2026-01-01', 'to'],
    ['action=', 'action'],
    ['limit=0', 'limit'],
  ])('takes no %s', async (query, field) => {
    expect(await read(query)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  it('is read by those with the permission, of their own organization', async () => {
    const eve = await register(api, 'Eve');
    expect((await read(`subjectType=organization_user&subjectId=${viewer}`, eve.token)).body).toEqual({ items: [], nextCursor: null });
    const developer = await addMember(database, api, ada.orgId, 'DEVELOPER');
    expect(await read('', developer.token)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it('has no route that writes, changes or deletes', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect((await api.call(method, '/v1/audit-log', { token: ada.token, json: {} })).status).toBe(405);
  });
});
