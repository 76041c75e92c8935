import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import type { Answer } from './support/http-client.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let agentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  const { body } = await api.call('POST', '/v1/agents', { token: ada.token, json: { name: 'Helper' } });
  agentId = String(body['id']);
});
afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const send = (method: string, path: string, json?: unknown, { token } = ada): Promise<Answer> => api.call(method, path, { token, json });
const TASK = { title: 'Report', input: { prompt: 'Write it.' } };
const create = (more: object = {}, person = ada): Promise<Answer> => send('POST', '/v1/tasks', { agentId, ...TASK, ...more }, person);
const idsOf = ({ body }: Answer): string[] => (body['items'] as { id: string }[]).map(({ id }) => id);
const jobsOf = (id: string): Promise<{ run_at: Date; priority: number }[]> =>
  asSuperuser(database, `select run_at, priority from app.job where kind = 'task.start' and payload ->> 'taskId' = $1 order by created_at, id`, [id]);

describe('a task', () => {
  it('is made with its job, read, changed, cancelled and deleted', async () => {
    const at = '2030-05-01T08:00:00.000Z';
    const made = await create({ scheduledAt: at, priority: 1, maxAttempts: 3 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...TASK, agentId, status: 'PENDING', scheduledAt: at, priority: 1, maxAttempts: 3, attempts: 0, createdBy: ada.userId });
    const id = String(made.body['id']);
    expect(await jobsOf(id)).toEqual([{ run_at: new Date(at), priority: 1 }]);
    expect((await send('GET', `/v1/tasks/${id}`)).body).toEqual(made.body);

    const changed = await send('PATCH', `/v1/tasks/${id}`, { title: 'Weekly', cron: '0 8 * * 1', timeZone: 'Europe/Berlin' });
    expect(changed).toMatchObject({ status: 200, body: { title: 'Weekly', cron: '0 8 * * 1', timeZone: 'Europe/Berlin', input: TASK.input } });
    expect(await jobsOf(id)).toHaveLength(2);
    expect(await send('PATCH', `/v1/tasks/${id}`, { cron: null })).toMatchObject({
      status: 200,
      body: { cron: null, timeZone: null, scheduledAt: changed.body['scheduledAt'] },
    });

    expect(await send('POST', `/v1/tasks/${id}/cancel`)).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
    expect(await send('POST', `/v1/tasks/${id}/cancel`)).toMatchObject({ status: 409, body: { code: 'TASK_ENDED' } });
    expect(await send('PATCH', `/v1/tasks/${id}`, { title: 'Late' })).toMatchObject({ status: 409, body: { code: 'TASK_NOT_PENDING' } });
    expect((await send('DELETE', `/v1/tasks/${id}`)).status).toBe(204);
    expect(await send('GET', `/v1/tasks/${id}`)).toMatchObject({ status: 404, body: { code: 'TASK_NOT_FOUND' } });
  });

  it('sent again with the same Idempotency-Key is made once', async () => {
    const headers = { 'idempotency-key': newId() };
    const [first, again] = [1, 2].map(() => api.call('POST', '/v1/tasks', { token: ada.token, json: { agentId, ...TASK }, headers }));
    const ids = [(await first)?.body['id'], (await again)?.body['id']].filter((id) => id !== undefined);
    expect(new Set(ids).size).toBe(1);
  });

  it('is listed by state and agent, the newest first, page by page', async () => {
    const eve = await register(api, 'Eve');
    const agents = await Promise.all(['One', 'Two'].map((name) => send('POST', '/v1/agents', { name }, eve)));
    const [one, two] = agents.map(({ body }) => String(body['id']));
    const ids: string[] = [];
    for (const agent of [one, two, one]) ids.push(String((await create({ agentId: agent }, eve)).body['id']));
    await send('POST', `/v1/tasks/${String(ids[0])}/cancel`, undefined, eve);
    const list = (query: string): Promise<Answer> => send('GET', `/v1/tasks${query}`, undefined, eve);
    expect(idsOf(await list(''))).toEqual(ids.toReversed());
    expect(idsOf(await list(`?agentId=${String(one)}`))).toEqual([ids[2], ids[0]]);
    expect(idsOf(await list('?status=CANCELLED'))).toEqual([ids[0]]);
    const page = await list('?limit=2');
    expect(idsOf(await list(`?limit=2&cursor=${String(page.body['nextCursor'])}`))).toEqual([ids[0]]);
    expect(await list('?status=LATE')).toMatchObject({ status: 400 });
    expect(await list('?cursor=x')).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });

  it('shows the runs that it made, also after it is gone as a task', async () => {
    const id = String((await create()).body['id']);
    const runId = newId();
    await asSuperuser(database, `insert into app.run (org_id, id, agent_name, task_id) values ($1, $2, 'Helper', $3)`, [ada.orgId, runId, id]);
    await asSuperuser(database, `insert into app.run (org_id, id, agent_name) values ($1, $2, 'Helper')`, [ada.orgId, newId()]);
    expect(idsOf(await send('GET', `/v1/tasks/${id}/runs`))).toEqual([runId]);
    expect((await send('DELETE', `/v1/tasks/${id}`)).status).toBe(204);
    expect((await send('GET', `/v1/tasks/${id}/runs`)).status).toBe(404);
    expect((await send('GET', `/v1/runs/${runId}`)).status).toBe(200);
  });

  it('goes with its agent where that is asked for, and its runs stay', async () => {
    const agent = String((await send('POST', '/v1/agents', { name: 'Leaving' })).body['id']);
    const id = String((await create({ agentId: agent })).body['id']);
    const runId = newId();
    await asSuperuser(database, `insert into app.run (org_id, id, agent_name, task_id) values ($1, $2, 'Leaving', $3)`, [ada.orgId, runId, id]);
    await asSuperuser(database, 'update app.task set run_id = $2 where id = $1', [id, runId]);
    expect(await send('DELETE', `/v1/agents/${agent}`)).toMatchObject({ status: 409, body: { code: 'AGENT_IN_USE' } });
    expect((await send('DELETE', `/v1/agents/${agent}?withTasks=true`)).status).toBe(204);
    expect((await send('GET', `/v1/tasks/${id}`)).status).toBe(404);
    expect((await send('GET', `/v1/runs/${runId}`)).status).toBe(200);
  });

  it.each<[string, object, number, string]>([
    ['cron', { cron: '61 * * * *' }, 422, 'TASK_REFUSED'],
    ['timeZone', { cron: '0 * * * *', timeZone: 'Europe/Nowhere' }, 422, 'TASK_REFUSED'],
    ['timeZone', { timeZone: 'Europe/Berlin' }, 422, 'TASK_REFUSED'],
    ['scheduledAt', { cron: '0 * * * *', scheduledAt: '2030-01-01T00:00:00Z' }, 422, 'TASK_REFUSED'],
    ['input.prompt', { input: { question: 'What?' } }, 422, 'TASK_REFUSED'],
    ['scheduledAt', { scheduledAt: 'tomorrow' }, 400, 'VALIDATION_FAILED'],
    ['priority', { priority: 2 }, 400, 'VALIDATION_FAILED'],
    ['maxAttempts', { maxAttempts: 11 }, 400, 'VALIDATION_FAILED'],
    ['title', { title: ' ' }, 400, 'VALIDATION_FAILED'],
  ])('with a wrong %s is refused, which is named: %j', async (field, wrong, status, code) => {
    expect(await create(wrong)).toMatchObject({ status, body: { code, errors: [expect.objectContaining({ field })] } });
  });

  it('of another organization does not exist', async () => {
    const mallory = await register(api, 'Mallory');
    const id = String((await create()).body['id']);
    const attempts = [
      send('GET', `/v1/tasks/${id}`, undefined, mallory),
      send('PATCH', `/v1/tasks/${id}`, { title: 'Mine' }, mallory),
      send('POST', `/v1/tasks/${id}/cancel`, undefined, mallory),
      send('DELETE', `/v1/tasks/${id}`, undefined, mallory),
      send('GET', `/v1/tasks/${id}/runs`, undefined, mallory),
    ];
    for (const attempt of attempts) expect(await attempt).toMatchObject({ status: 404, body: { code: 'TASK_NOT_FOUND' } });
    expect(await create({}, mallory)).toMatchObject({ status: 404, body: { code: 'AGENT_NOT_FOUND' } });
  });
});

describe('usage', () => {
  it('of days and of this month is that of the organization', async () => {
    const grace = await register(api, 'Grace');
    const today = new Date().toISOString().slice(0, 10);
    const id = newId();
    await asSuperuser(
      database,
      `insert into app.run (org_id, id, agent_name, status, total_tokens, cost_micros, completed_at) values ($1, $2, 'Helper', 'COMPLETED', 7, 9, now())`,
      [grace.orgId, id],
    );
    await asSuperuser(
      database,
      `insert into app.step (org_id, id, run_id, sequence_number, type, status, model, input_tokens, output_tokens, cost_micros)
       values ($1, $2, $3, 1, 'MODEL', 'COMPLETED', 'small', 3, 4, 9)`,
      [grace.orgId, newId(), id],
    );
    const figures = {
      runs: 1,
      tokens: 7,
      costMicros: 9,
      runsByStatus: { COMPLETED: 1 },
      models: { small: { calls: 1, inputTokens: 3, outputTokens: 4, costMicros: 9 } },
    };
    const days = await send('GET', `/v1/usage?from=${today}&to=${today}`, undefined, grace);
    expect(days).toMatchObject({ status: 200, body: { ...figures, from: `${today}T00:00:00.000Z`, days: [{ date: today, ...figures }] } });
    expect(await send('GET', '/v1/usage/current', undefined, grace)).toMatchObject({ status: 200, body: figures });
    expect(await send('GET', '/v1/usage/current')).toMatchObject({ status: 200, body: { runs: 0, runsByStatus: {}, models: {} } });
  });

  it.each([
    ['', 400, 'from'],
    ['?from=2026-11-01', 400, 'to'],
    ['?from=2026-11-01&to=today', 400, 'to'],
    ['?from=2026-11-02&to=2026-11-01', 422, 'to'],
    ['?from=2026-02-30&to=2026-03-01', 422, 'from'],
    ['?from=2024-01-01&to=2026-01-01', 422, 'to'],
  ])('%j is refused, and says why', async (query, status, field) => {
    expect(await send('GET', `/v1/usage${query}`)).toMatchObject({ status, body: { errors: expect.arrayContaining([expect.objectContaining({ field })]) } });
  });
});
