import { createTestDatabase, type TestDatabase } from '#database/testing';
import { startApi, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

describe('a known path with a wrong method', () => {
  it.each([
    ['PUT', '/v1/agent-repositories', 'GET, HEAD, POST'],
    ['POST', '/v1/agent-repositories/0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c?x=1', 'DELETE, GET, HEAD, PATCH'],
    ['DELETE', '/health', 'GET, HEAD'],
  ])('%s %s is answered 405 with Allow', async (method, path, allow) => {
    const answer = await api.call(method, path);
    expect(answer).toMatchObject({ status: 405, headers: { allow }, body: { code: 'METHOD_NOT_ALLOWED', status: 405 } });
    expect(answer.body['requestId']).toBe(answer.headers['x-request-id']);
  });

  it.each(['/v1/nothing', '/v1/agent-repositories/', '/v1', '/nothing'])('%s exists with no method at all', async (path) => {
    expect(await api.call('GET', path)).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
  });
});

describe('the document', () => {
  it('says of every route what its shared headers and the limits can lead to', async () => {
    const { body } = await api.call('GET', '/docs-json');
    const paths = body['paths'] as Record<string, Record<string, { readonly responses: object }>>;
    const statuses = (path: string, method: string): string[] => Object.keys(paths[path]?.[method]?.responses ?? {});
    const operations = Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((method) => ({ path, method })));
    expect(operations.filter(({ path, method }) => path.startsWith('/v1/') && !statuses(path, method).includes('429'))).toEqual([]);
    expect(statuses('/v1/agent-repositories', 'post')).toEqual(expect.arrayContaining(['201', '400', '409', '422']));
    expect(statuses('/v1/agent-repositories/{id}', 'patch')).toEqual(expect.arrayContaining(['200', '400', '412', '428']));
    expect(paths['/metrics']).toBeUndefined();
  });
});
