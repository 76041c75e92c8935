import { createTestDatabase, type TestDatabase } from '#database/testing';
import { newId } from '#database';
import { RawClient } from './support/fuzz/send.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

// What the fuzzing of routes has found, kept as examples.
let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let client: RawClient;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  client = new RawClient(api.url);
});

afterAll(async () => {
  client?.close();
  await api?.close();
  await database?.drop();
});

it.each(['', 'a', 'x=y', '100-continue, b'])('a request that expects "%s" is answered as if it did not', async (expectation) => {
  const headers = { authorization: `Bearer ${ada.token}`, expect: expectation };
  const answer = await client.send({ method: 'GET', target: '/v1/agents', headers, body: undefined });
  expect(answer).toMatchObject({ status: 200, headers: { 'x-request-id': expect.any(String) } });
  const none = await client.send({ method: 'GET', target: '/v1/nothing', headers, body: undefined });
  expect(none).toMatchObject({ status: 404, headers: { 'content-type': expect.stringContaining('application/problem+json') } });
});

it('a body that is too deep to be hashed is refused as without an Idempotency-Key', async () => {
  const raw = `{"name":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`;
  const answer = await api.call('POST', '/v1/agents', { token: ada.token, raw, headers: { 'idempotency-key': newId() } });
  expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [expect.objectContaining({ code: 'TOO_DEEP' })] } });
});

it('each route of a controller documents its own codes beside those of all of them', async () => {
  const { paths } = JSON.parse((await api.call('GET', '/docs-json')).text) as {
    paths: Record<string, Record<string, { responses: Record<string, Record<string, unknown>> }>>;
  };
  const codes = (path: string, method: string): unknown => paths[path]?.[method]?.responses['400']?.['x-problem-codes'];
  expect(codes('/v1/admin/users', 'get')).toContain('INVALID_CURSOR');
  expect(codes('/v1/admin/users/{id}', 'get')).not.toContain('INVALID_CURSOR');
});
