import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import type { Answer } from './support/http-client.js';
import { addMember } from './support/members.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import { startRunWorker, type RunWorker } from './support/run-worker.js';
import { makeAgent, startRun } from './support/runs.js';
import { openStream, type SseStream } from './support/sse-client.js';

const SCHEMA = {
  type: 'object',
  required: ['people'],
  properties: { people: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } } },
};
const ASK = `/call ask_for_input ${JSON.stringify({ prompt: 'Who comes?', schema: SCHEMA })}`;

let database: TestDatabase;
let api: RunningApi;
let worker: RunWorker;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  worker = await startRunWorker(database);
  ada = await register(api, 'Ada');
  await makeAgent(api, ada, 'asker', ['ask_for_input']);
});

afterAll(async () => {
  await worker?.close();
  await api?.close();
  await database?.drop();
});

/** Starts a run and waits, on its stream, for what it asks. */
async function asked(prompt = ASK): Promise<{ runId: string; id: string; stream: SseStream }> {
  const runId = await startRun(api, ada, 'asker', prompt);
  const stream = await openStream(api.url, `/v1/runs/${runId}/events`, { token: ada.token });
  const { data } = await stream.message(({ event }) => event === 'INPUT_REQUESTED');
  await stream.message(({ data: { status } }) => status === 'WAITING_INPUT');
  return { runId, id: String(data['inputRequestId']), stream };
}
const answer = (id: string, json: unknown, token = ada.token, headers?: Record<string, string>): Promise<Answer> =>
  api.call('POST', `/v1/input-requests/${id}/answer`, { token, json, headers });
const itemsOf = ({ body }: Answer): Record<string, unknown>[] => body['items'] as Record<string, unknown>[];
const list = async (query: string): Promise<unknown[]> =>
  itemsOf(await api.call('GET', `/v1/input-requests${query}`, { token: ada.token })).map(({ id }) => id);

it('a run asks, refuses the wrong shape with its path, goes on with the right one, and completes', async () => {
  const { runId, id, stream } = await asked();
  expect(await api.call('GET', `/v1/input-requests/${id}`, { token: ada.token })).toMatchObject({
    status: 200,
    body: { id, runId, agentName: 'asker', prompt: 'Who comes?', schema: SCHEMA, response: null, respondedBy: null, respondedAt: null, isOpen: true },
  });
  expect(await answer(id, { response: { people: [{ name: 'Bob' }, { name: 7 }] } })).toMatchObject({
    status: 422,
    body: { code: 'INPUT_INVALID', errors: [{ field: 'response.people[1].name', code: 'INPUT_INVALID', message: expect.stringContaining('string') }] },
  });
  expect(await answer(id, { response: null })).toMatchObject({ status: 422, body: { errors: [{ field: 'response' }] } });
  expect(await answer(id, {})).toMatchObject({ status: 400, body: { errors: [{ field: 'response', code: 'REQUIRED' }] } });

  const response = { people: [{ name: 'Bob' }] };
  expect(await answer(id, { response })).toMatchObject({
    status: 200,
    body: { response, respondedBy: ada.userId, isOpen: false, respondedAt: expect.any(String) },
  });
  await stream.ended;
  expect(stream.told.slice(stream.told.indexOf('INPUT_ANSWERED'))).toEqual([
    'INPUT_ANSWERED',
    'STEP_ENDED COMPLETED',
    'RUN_STATUS QUEUED',
    'RUN_STATUS RUNNING',
    'STEP_STARTED',
    'STEP_ENDED COMPLETED',
    'RUN_STATUS COMPLETED',
  ]);
  expect(stream.messages.map((message) => message.id)).toEqual(stream.messages.map((_, index) => index + 1));
  expect(await answer(id, { response })).toMatchObject({ status: 409, body: { code: 'INPUT_REQUEST_CLOSED' } });
});

it('of two who answer at once one is told that it is closed; the same Idempotency-Key is answered as before', async () => {
  const { id, stream } = await asked();
  const body = { response: { people: [] } };
  const answers = await Promise.all([answer(id, body), answer(id, body)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  await stream.ended;

  const another = await asked();
  const key = { 'idempotency-key': newId() };
  const first = await answer(another.id, body, ada.token, key);
  expect(await answer(another.id, body, ada.token, key)).toMatchObject({ status: 200, body: first.body });
  await another.stream.ended;
});

it('an API key may answer: nobody is named, and the audit log says which key it was', async () => {
  const key = await api.call('POST', '/v1/api-keys', { token: ada.token, json: { name: 'answers', scopes: ['input_request:respond'] } });
  const { id, stream } = await asked();
  expect(await answer(id, { response: { people: [] } }, String(key.body['key']))).toMatchObject({ status: 200, body: { respondedBy: null, isOpen: false } });
  await stream.ended;
  expect(
    await asSuperuser(database, 'select actor_type, actor_id::text, action from app.audit_log where org_id = $1 and subject_id = $2', [ada.orgId, id]),
  ).toEqual([{ actor_type: 'API_KEY', actor_id: key.body['id'], action: 'input_request.answered' }]);
});

it('open ones are listed, those of a run, and none whose run has ended', async () => {
  const [one, two] = [await asked(), await asked()];
  expect(await list('?open=true')).toEqual([one.id, two.id]);
  expect(await list(`?runId=${two.runId}`)).toEqual([two.id]);
  expect((await api.call('POST', `/v1/runs/${one.runId}/cancel`, { token: ada.token })).status).toBe(200);
  await one.stream.ended;
  expect(one.stream.told.at(-1)).toBe('RUN_STATUS CANCELLED');
  expect(await list('?open=true')).toEqual([two.id]);
  expect(await list('')).toEqual(expect.arrayContaining([one.id, two.id]));
  expect(await answer(one.id, { response: { people: [] } })).toMatchObject({ status: 409, body: { code: 'INPUT_REQUEST_CLOSED' } });
  two.stream.leave();
});

it('whoever may only look does not answer; a question of nobody is not there', async () => {
  const { token } = await addMember(database, api, ada.orgId, 'VIEWER');
  expect((await answer(newId(), { response: 1 }, token)).status).toBe(403);
  expect(await answer(newId(), { response: 1 })).toMatchObject({ status: 404, body: { code: 'INPUT_REQUEST_NOT_FOUND' } });
  expect((await api.call('GET', `/v1/input-requests/${newId()}`, { token })).status).toBe(404);
});
