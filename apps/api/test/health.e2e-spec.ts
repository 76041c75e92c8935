import { createTestDatabase, type TestDatabase } from '#database/testing';
import { HEALTH_TOKEN, register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import { TcpGate } from './support/tcp-gate.js';

let database: TestDatabase;
let gate: TcpGate;
let api: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  gate = await TcpGate.before(database.urls.login);
  api = await startApi(database, {
    DATABASE_URL: gate.through(database.urls.login),
    DATABASE_PRIVILEGED_URL: gate.through(database.urls.privileged),
    DATABASE_ACQUIRE_TIMEOUT_MS: '1500',
    DATABASE_CONNECT_TIMEOUT_MS: '1500',
  });
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  await api?.close();
  await gate?.shut();
  await database?.drop();
});

/** Answers that need no database, with what each must be. */
const WITHOUT_DATABASE: readonly [string, string, number][] = [
  ['GET', '/health/live', 200],
  ['GET', '/docs-json', 200],
  ['GET', '/v1/nothing', 404],
  ['GET', '/v1/agent-repositories/not-a-uuid', 400],
  ['GET', '/v1/git-agents?limit=0', 400],
  ['POST', '/v1/agent-repositories', 400],
];

describe('with PostgreSQL reachable', () => {
  it('health is good and tells a stranger little', async () => {
    const answer = await api.call('GET', '/health');
    expect(answer).toMatchObject({ status: 200 });
    expect(Object.keys(answer.body).sort()).toEqual(['database', 'status', 'version']);
    expect(await api.call('GET', '/health/ready')).toMatchObject({ status: 200 });
    expect(await api.call('GET', '/health/live')).toMatchObject({ status: 200 });
  });

  it('tells more to whoever has the token', async () => {
    const answer = await api.call('GET', '/health', { token: HEALTH_TOKEN });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).length).toBeGreaterThan(3);
    const wrong = await api.call('GET', '/health', { token: `${HEALTH_TOKEN}x` });
    expect(Object.keys(wrong.body).sort()).toEqual(['database', 'status', 'version']);
  });

  it('a handler that does not touch the database sends nothing to it', async () => {
    // What the session may do is read once, and believed for 3 seconds.
    await api.call('GET', '/v1/me', { token: ada.token });
    const before = gate.bytesSent;
    for (const [method, path, status] of WITHOUT_DATABASE) {
      expect({ path, status: (await api.call(method, path, { token: ada.token })).status }).toEqual({ path, status });
    }
    expect(await api.call('GET', '/v1/me')).toMatchObject({ status: 401 });
    expect(gate.bytesSent).toBe(before);
    await api.call('GET', '/v1/me', { token: ada.token });
    expect(gate.bytesSent).toBeGreaterThan(before);
  });
});

describe('with PostgreSQL unreachable', () => {
  beforeAll(() => gate.shut());

  it('health answers 503 within 2 s, live goes on', async () => {
    const started = performance.now();
    const [health, ready] = await Promise.all([api.call('GET', '/health'), api.call('GET', '/health/ready')]);
    expect({ health: health.status, ready: ready.status }).toEqual({ health: 503, ready: 503 });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(health.text).not.toContain('ECONNREFUSED');
    expect(await api.call('GET', '/health/live')).toMatchObject({ status: 200 });
  });

  it('answers what needs no database as before, and the rest with 503', async () => {
    for (const [method, path, status] of WITHOUT_DATABASE) {
      expect({ path, status: (await api.call(method, path, { token: ada.token })).status }).toEqual({ path, status });
    }
    for (const [method, path, json] of [
      ['GET', '/v1/me', undefined],
      ['GET', '/v1/git-agents', undefined],
      ['POST', '/v1/agent-repositories', { name: 'a', gitUrl: 'https://git.example/a.git' }],
      ['POST', '/v1/auth/login', { email: ada.email, password: ada.password }],
    ] as const) {
      const answer = await api.call(method, path, { token: ada.token, json });
      expect(answer).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
      expect(answer.headers['retry-after']).toBeDefined();
    }
  });

  it('recovers by itself', async () => {
    await gate.open();
    expect(await api.call('GET', '/v1/me', { token: ada.token })).toMatchObject({ status: 200 });
    expect(await api.call('GET', '/health/ready')).toMatchObject({ status: 200 });
  });
});
