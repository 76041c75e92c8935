import { UnrestrictedConnection } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { purge } from '#service';
import { createRepository } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

interface CallRow {
  readonly method: string;
  readonly route: string;
  readonly status_code: number;
  readonly request_id: string;
  readonly user_id: string;
  readonly ip: string;
  readonly user_agent: string;
}

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, { API_CALL_RETENTION_DAYS: '30' });
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  delete process.env['API_CALL_RETENTION_DAYS'];
  await api?.close();
  await database?.drop();
});

const callsOf = (orgId: string): Promise<CallRow[]> => asSuperuser(database, 'select * from app.api_call where org_id = $1 order by created_at, id', [orgId]);

describe('the record of requests', () => {
  it('each authenticated request leaves one, with the template of its route and never its path', async () => {
    const eve = await register(api, 'Eve');
    const id = await createRepository(api, eve, 'Recorded');
    const answer = await api.call('GET', `/v1/agent-repositories/${id}?planted=secret`, { token: eve.token, headers: { 'user-agent': 'x'.repeat(4_000) } });
    expect(answer.status).toBe(200);
    await api.call('GET', '/v1/agent-repositories/not-a-uuid', { token: eve.token });
    await api.call('GET', '/v1/me');
    await api.call('GET', '/health');
    let rows = await callsOf(eve.orgId);
    while (rows.length < 3) rows = await callsOf(eve.orgId);
    expect(rows.map(({ method, route, status_code }) => [method, route, status_code])).toEqual([
      ['POST', '/v1/agent-repositories', 201],
      ['GET', '/v1/agent-repositories/:id', 200],
      ['GET', '/v1/agent-repositories/:id', 400],
    ]);
    expect(rows[1]).toMatchObject({ user_id: eve.userId, api_key_id: null, request_id: answer.headers['x-request-id'], ip: '127.0.0.1' });
    expect(rows[1]?.user_agent).toHaveLength(512);
    expect(JSON.stringify(rows)).not.toContain('planted');
    expect(JSON.stringify(rows)).not.toContain(id);
  });

  it('is listed newest first, for its own organization only', async () => {
    const list = (limit: number, cursor = ''): ReturnType<RunningApi['call']> => api.call('GET', `/v1/api-calls?limit=${limit}${cursor}`, { token: ada.token });
    await createRepository(api, ada, 'Listed');
    await api.call('GET', '/v1/me', { token: ada.token });
    while ((await callsOf(ada.orgId)).length < 2);
    const page = await list(1);
    expect(page).toMatchObject({ status: 200, body: { items: [{ userId: ada.userId, ip: '127.0.0.1' }], nextCursor: expect.any(String) } });
    const rest = await list(100, `&cursor=${String(page.body['nextCursor'])}`);
    expect(JSON.stringify(rest.body['items'])).toContain('/v1/agent-repositories');
    expect(JSON.stringify(rest.body['items'])).not.toContain('/v1/agent-repositories/:id');
  });

  it('what waits is written when the API stops', async () => {
    const second = await startApi(database, { API_CALL_RETENTION_DAYS: '30' });
    const bob = await register(second, 'Bob');
    await second.call('GET', '/v1/me', { token: bob.token });
    await second.close();
    expect((await callsOf(bob.orgId)).map(({ route }) => route)).toEqual(['/v1/me']);
  });
});

describe('retention', () => {
  it('deletes in batches what is older, of every organization, and nothing else', async () => {
    await asSuperuser(
      database,
      `insert into app.api_call (org_id, id, method, route, status_code, duration_ms, request_id, created_at)
       select o.id, gen_random_uuid(), 'GET', '/old', 200, 1, 'r', now() - interval '31 days' from app.organization o, generate_series(1, 25)`,
    );
    const before = new Date(Date.now() - 30 * 86_400_000);
    const unrestricted = api.app.get(UnrestrictedConnection);
    const [organizations] = await asSuperuser<{ count: number }>(database, 'select count(*)::int as count from app.organization');
    expect(await purge(unrestricted, { table: 'api_call', before, batch: 10 })).toBe((organizations?.count ?? 0) * 25);
    expect(await asSuperuser(database, "select 1 from app.api_call where route = '/old'")).toEqual([]);
    expect((await callsOf(ada.orgId)).length).toBeGreaterThan(0);
    expect(await purge(unrestricted, { table: 'idempotency_key', before })).toBe(0);
  });
});
