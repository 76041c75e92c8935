import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import type { Answer } from './support/http-client.js';
import { addMember } from './support/members.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import { startRunWorker, type RunWorker } from './support/run-worker.js';
import { makeAgent, startRun } from './support/runs.js';
import { openStream } from './support/sse-client.js';

let database: TestDatabase;
let api: RunningApi;
let worker: RunWorker;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  worker = await startRunWorker(database);
  ada = await register(api, 'Ada');
  await makeAgent(api, ada, 'helper', ['write_data', 'read_data', 'run_agent']);
  await makeAgent(api, ada, 'called', ['write_data']);
});

afterAll(async () => {
  await worker?.close();
  await api?.close();
  await database?.drop();
});

const get = (path: string, token = ada.token): Promise<Answer> => api.call('GET', path, { token });
const post = (path: string, json: unknown, headers?: Record<string, string>): Promise<Answer> => api.call('POST', path, { token: ada.token, json, headers });
const itemsOf = ({ body }: Answer): Record<string, unknown>[] => body['items'] as Record<string, unknown>[];

/** Follows a run until it ends. Answers what was told. */
async function followed(id: string): Promise<string[]> {
  const stream = await openStream(api.url, `/v1/runs/${id}/events`, { token: ada.token });
  await stream.ended;
  return stream.told;
}

describe('a whole run', () => {
  it('is started, carried out by a worker, and shown with its steps and what it left', async () => {
    const started = await post('/v1/runs', {
      agent: 'helper',
      prompt: 'Plan.\n/call write_data {"key":"plan","value":[1,2],"tags":["a","b"]}',
      sessionId: 's-1',
    });
    expect(started).toMatchObject({
      status: 202,
      body: { agentName: 'helper', status: 'QUEUED', sessionId: 's-1', createdBy: ada.userId, parentRunId: null, callStack: [], output: null, eventCount: 1 },
    });
    const id = String(started.body['id']);
    expect(started.headers['location']).toBe(`/v1/runs/${id}`);
    expect(await followed(id)).toEqual([
      'RUN_STATUS QUEUED',
      'RUN_STATUS RUNNING',
      'STEP_STARTED',
      'STEP_ENDED COMPLETED',
      'STEP_STARTED',
      'STEP_ENDED COMPLETED',
      'STEP_STARTED',
      'STEP_ENDED COMPLETED',
      'RUN_STATUS COMPLETED',
    ]);

    expect((await get(`/v1/runs/${id}`)).body).toMatchObject({
      status: 'COMPLETED',
      stepCount: 3,
      output: { text: expect.stringContaining('[offline model]') },
    });
    const first = await get(`/v1/runs/${id}/steps?limit=2`);
    const rest = await get(`/v1/runs/${id}/steps?limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect([...itemsOf(first), ...itemsOf(rest)].map(({ sequenceNumber, type, status }) => [sequenceNumber, type, status])).toEqual([
      [1, 'MODEL', 'COMPLETED'],
      [2, 'DATA', 'COMPLETED'],
      [3, 'MODEL', 'COMPLETED'],
    ]);
    expect(rest.body['nextCursor']).toBeNull();
    expect(itemsOf(await get(`/v1/runs/${id}/data`))).toEqual([
      expect.objectContaining({ key: 'plan', value: [1, 2], tags: ['a', 'b'], createdByAgent: 'helper', runId: id }),
    ]);
    expect(itemsOf(await get(`/v1/runs/${id}/data?key=plan&tag=a&tag=b`))).toHaveLength(1);
    expect(itemsOf(await get(`/v1/runs/${id}/data?tag=a&tag=c`))).toEqual([]);
    expect(itemsOf(await get(`/v1/runs/${id}/data?key=other`))).toEqual([]);
  });

  it('shows the run that it called', async () => {
    const id = await startRun(api, ada, 'helper', '/call run_agent {"agent":"called","prompt":"Help."}');
    expect((await followed(id)).at(-1)).toBe('RUN_STATUS COMPLETED');
    const nested = itemsOf(await get('/v1/runs?agentName=called'));
    expect(nested).toEqual([expect.objectContaining({ parentRunId: id, status: 'COMPLETED', callStack: expect.arrayContaining(['helper']) })]);
    expect(itemsOf(await get(`/v1/runs/${id}/steps`)).map(({ type }) => type)).toEqual(['MODEL', 'AGENT', 'MODEL']);
  });

  it('reads what was left page by page', async () => {
    const id = await startRun(api, ada, 'helper', ['1', '2', '3'].map((value) => `/call write_data {"key":"k","value":${value}}`).join('\n'));
    await followed(id);
    const seen: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await get(`/v1/runs/${id}/data?limit=1${cursor}`);
      seen.push(...itemsOf(page).map(({ value }) => value));
      const next = page.body['nextCursor'];
      cursor = typeof next === 'string' ? `&cursor=${next}` : null;
    }
    expect(seen).toEqual([3, 2, 1]);
    expect(await get(`/v1/runs/${id}/data?cursor=nonsense`)).toMatchObject({ status: 400, body: { errors: [{ field: 'cursor' }] } });
  });

  it('can be of an agent by its id, and is started once for an Idempotency-Key', async () => {
    const agentId = await makeAgent(api, ada, 'by id');
    const headers = { 'idempotency-key': newId() };
    const [first, again] = [await post('/v1/runs', { agentId, prompt: 'Hello.' }, headers), await post('/v1/runs', { agentId, prompt: 'Hello.' }, headers)];
    expect(again).toMatchObject({
      status: 202,
      body: { id: first.body['id'] },
      headers: { location: first.headers['location'], 'idempotency-replayed': 'true' },
    });
    expect(itemsOf(await get('/v1/runs?agentName=by%20id'))).toHaveLength(1);
  });
});

describe('the list of runs', () => {
  it('is read by state, agent and session, the newest first, page by page', async () => {
    const [one, two] = [await startRun(api, ada, 'called'), await startRun(api, ada, 'called')];
    await Promise.all([followed(one), followed(two)]);
    const page = await get('/v1/runs?limit=1&status=COMPLETED');
    expect(itemsOf(page).map(({ id }) => id)).toEqual([two]);
    expect(itemsOf(await get(`/v1/runs?limit=1&status=COMPLETED&cursor=${String(page.body['nextCursor'])}`)).map(({ id }) => id)).toEqual([one]);
    expect(itemsOf(await get('/v1/runs?sessionId=s-1'))).toHaveLength(1);
    expect(itemsOf(await get('/v1/runs?status=FAILED'))).toEqual([]);
    expect(await get('/v1/runs?status=ASLEEP')).toMatchObject({ status: 400, body: { errors: [{ field: 'status' }] } });
  });
});

describe('what is refused', () => {
  it.each<[string, object, number, object]>([
    ['no agent', { prompt: 'x' }, 400, { code: 'VALIDATION_FAILED', errors: [{ field: 'agent', code: 'REQUIRED' }] }],
    ['two agents', { agent: 'helper', agentId: newId(), prompt: 'x' }, 400, { errors: [{ field: 'agentId', code: 'EITHER_OR' }] }],
    ['an agent that is not there', { agent: 'nobody', prompt: 'x' }, 404, { code: 'AGENT_NOT_FOUND' }],
    ['an id of no agent', { agentId: newId(), prompt: 'x' }, 404, { code: 'AGENT_NOT_FOUND' }],
    ['no prompt', { agent: 'helper' }, 400, { errors: [{ field: 'prompt', code: 'REQUIRED' }] }],
    [
      'steps above those configured',
      { agent: 'helper', prompt: 'x', limits: { maxSteps: 101 } },
      422,
      { code: 'RUN_LIMIT_REFUSED', errors: [{ field: 'limits.maxSteps' }] },
    ],
    [
      'a cost above the one configured',
      { agent: 'helper', prompt: 'x', limits: { maxCostMicros: 100_000_001 } },
      422,
      { errors: [{ field: 'limits.maxCostMicros' }] },
    ],
    ['a limit that is none', { agent: 'helper', prompt: 'x', limits: { maxSteps: 0 } }, 400, { errors: [{ field: 'limits.maxSteps' }] }],
    [
      'a limit of null',
      { agent: 'helper', prompt: 'x', limits: { maxTokens: null } },
      400,
      { errors: expect.arrayContaining([expect.objectContaining({ field: 'limits.maxTokens' })]) },
    ],
    ['a limit nobody knows', { agent: 'helper', prompt: 'x', limits: { maxFun: 1 } }, 400, { errors: [{ field: 'limits.maxFun', code: 'UNKNOWN_PROPERTY' }] }],
  ])('%s', async (_what, json, status, body) => {
    expect(await post('/v1/runs', json)).toMatchObject({ status, body });
  });

  it('a run that ended is not cancelled, and one of nobody is not there', async () => {
    const id = await startRun(api, ada, 'called');
    await followed(id);
    expect(await post(`/v1/runs/${id}/cancel`, undefined)).toMatchObject({ status: 409, body: { code: 'RUN_ENDED' } });
    for (const path of ['', '/steps', '/data', '/events'])
      expect(await get(`/v1/runs/${newId()}${path}`)).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } });
    expect(await post(`/v1/runs/${newId()}/cancel`, undefined)).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } });
    expect(await get('/v1/runs/no-id')).toMatchObject({ status: 400, body: { errors: [{ field: 'id' }] } });
  });

  it('whoever may only look starts and cancels nothing', async () => {
    const { token } = await addMember(database, api, ada.orgId, 'VIEWER');
    expect(await api.call('POST', '/v1/runs', { token, json: { agent: 'helper', prompt: 'x' } })).toMatchObject({ status: 403 });
    expect(await get('/v1/runs', token)).toMatchObject({ status: 200 });
  });
});

it('more runs than an organization may have at once are refused with the time to come again', async () => {
  const bob = await register(api, 'Bob');
  await makeAgent(api, bob, 'helper');
  await asSuperuser(
    database,
    `insert into app.run (org_id, id, agent_name, initial_prompt) select $1, gen_random_uuid(), 'helper', 'x' from generate_series(1, 100)`,
    [bob.orgId],
  );
  const answer = await api.call('POST', '/v1/runs', { token: bob.token, json: { agent: 'helper', prompt: 'x' } });
  expect(answer).toMatchObject({ status: 429, body: { code: 'RUNS_LIMIT' }, headers: { 'retry-after': '5' } });
});
