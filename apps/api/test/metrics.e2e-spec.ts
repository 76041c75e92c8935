import { eventCounter } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { createRepository } from './support/agents.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

const TOKEN = 'metrics-token-of-the-tests-0123456789';
/** Labels with few values, none of which tells of an organization, a person or one request. */
const HARMLESS_LABELS = new Set('class error kind le major method minor outcome patch policy pool reason route space state status type version'.split(' '));

let database: TestDatabase;
let open: RunningApi;
let guarded: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  open = await startApi(database, { API_CALL_RETENTION_DAYS: '30' });
  guarded = await startApi(database, { METRICS_TOKEN: TOKEN });
  for (const name of ['METRICS_TOKEN', 'API_CALL_RETENTION_DAYS']) delete process.env[name];
  ada = await register(open, 'Ada');
});

afterAll(async () => {
  await open?.close();
  await guarded?.close();
  await database?.drop();
});

async function metrics(): Promise<string> {
  const answer = await open.call('GET', '/metrics');
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('text/plain') } });
  return answer.text;
}

describe('who may read the metrics', () => {
  it('without a token: this machine, and nobody through a proxy', async () => {
    expect(await open.call('GET', '/metrics')).toMatchObject({ status: 200 });
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
      const answer = await open.call('GET', '/metrics', { headers: { [name]: 'for=127.0.0.1' } });
      expect(answer).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
    }
  });

  it('with a token: its bearer', async () => {
    expect(await guarded.call('GET', '/metrics')).toMatchObject({ status: 401 });
    expect(await guarded.call('GET', '/metrics', { token: `${TOKEN}x` })).toMatchObject({ status: 401 });
    expect(await guarded.call('GET', '/metrics', { token: TOKEN, headers: { via: '1.1 proxy' } })).toMatchObject({ status: 200 });
  });
});

describe('what they tell', () => {
  it('requests by template, statements, pools, the process, and what is counted elsewhere', async () => {
    const id = await createRepository(open, ada, 'Measured');
    await open.call('GET', `/v1/agent-repositories/${id}`, { token: ada.token });
    eventCounter('test_events_total', 'Made by a test.', ['outcome']).add({ outcome: 'good' }, 3);
    const text = await metrics();
    expect(text).toMatch(/plinth_http_request_duration_seconds_count\{method="GET",route="\/v1\/agent-repositories\/:id",status="2xx"\} 1/);
    expect(text).toMatch(/plinth_db_pool_connections\{pool="tenant",state="idle"\} \d+/);
    expect(text).toMatch(/plinth_db_statements_total\{pool="tenant"\} [1-9]/);
    expect(text).toMatch(/plinth_db_round_trip_duration_seconds_count\{pool="privileged",outcome="success"\} [1-9]/);
    expect(text).toContain('plinth_test_events_total{outcome="good"} 3');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('nothing of an organization, a person, an address or a path: whatever is asked for', async () => {
    const id = await createRepository(open, ada, 'Planted');
    const planted = ['planted-in-a-path', 'planted-in-a-query', 'planted-agent'];
    await open.call('GET', `/v1/${planted[0]}`, { token: ada.token });
    await open.call('GET', `/v1/agent-repositories/${id}?x=${planted[1]}`, { token: ada.token, headers: { 'user-agent': `${planted[2]}` } });
    await open.call('DELETE', `/v1/agent-repositories/${id}`, { token: ada.token });
    const text = await metrics();
    for (const secret of [...planted, id, ada.orgId, ada.userId, ada.email, 'Planted', '127.0.0.1', ada.token]) expect(text).not.toContain(secret);
    const labels = new Set([...text.matchAll(/[{,]([a-z_]+)="/g)].map(([, label]) => label ?? ''));
    expect([...labels].filter((label) => !HARMLESS_LABELS.has(label))).toEqual([]);
  });

  it('a counter may not be labelled with what would tell', () => {
    for (const label of ['organization', 'org_id', 'user', 'path', 'email', 'address', 'run_id']) {
      expect(() => eventCounter('refused_total', 'Refused.', [label])).toThrow(TypeError);
    }
  });
});
