import { createTestDatabase, SpanRecorder, type RecordedSpan, type TestDatabase } from '#database/testing';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

const recorder = new SpanRecorder();
let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  recorder.install();
});

afterAll(async () => {
  recorder.uninstall();
  await api?.close();
  await database?.drop();
});

beforeEach(() => recorder.spans.splice(0));

/** The names from a span up to the request. */
function lineOf(span: RecordedSpan): string[] {
  return [span.name, ...(span.parent === undefined ? [] : lineOf(span.parent))];
}

const repository = { name: 'Traced', gitUrl: 'https://git.example/agents.git' };

describe('traces', () => {
  it('a request, its transaction and its statements lie beneath each other', async () => {
    const answer = await api.call('POST', '/v1/agent-repositories', { token: ada.token, json: repository });
    expect(answer.status).toBe(201);
    const request = recorder.spans.find(({ name }) => name === 'POST /v1/agent-repositories');
    expect(request?.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/v1/agent-repositories',
      'http.response.status_code': 201,
      'plinth.request_id': answer.headers['x-request-id'],
    });
    const insert = recorder.spans.find(({ attributes }) => String(attributes['db.query.text']).includes('insert into "app"."agent_repository"'));
    expect(insert === undefined ? [] : lineOf(insert)).toEqual(['postgresql tenant', 'transaction', 'POST /v1/agent-repositories']);
    expect(recorder.spans.filter(({ ended }) => !ended)).toEqual([]);
  });

  it('a failure ends its spans as failed, by its kind alone', async () => {
    expect(await api.call('POST', '/v1/agent-repositories', { token: ada.token, json: repository })).toMatchObject({ status: 409 });
    const failed = recorder.spans.filter(({ status }) => status !== undefined);
    expect(failed.map(({ name }) => name)).toEqual(expect.arrayContaining(['transaction', 'postgresql tenant']));
    expect(failed.find(({ name }) => name === 'transaction')?.attributes['error.type']).toBe('23505');
  });

  it('no span holds what a caller sent, or whose it is', async () => {
    await api.call('GET', '/v1/agent-repositories/0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c?planted=secret', { token: ada.token });
    const text = JSON.stringify(recorder.spans.map(({ name, attributes }) => ({ name, attributes })));
    for (const planted of ['0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', 'planted', 'secret', ada.orgId, ada.userId, ada.email]) expect(text).not.toContain(planted);
  });
});
