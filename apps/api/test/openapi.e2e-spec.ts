import { readFile } from 'node:fs/promises';
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

describe('the OpenAPI document', () => {
  it('in docs/openapi.json is the one that is served (npm run openapi)', async () => {
    const { status, text } = await api.call('GET', '/docs-json');
    expect(status).toBe(200);
    const committed: unknown = JSON.parse(await readFile('docs/openapi.json', 'utf8'));
    expect(JSON.parse(text)).toEqual(committed);
  });

  it('has a page to read it on', async () => {
    const { status, headers } = await api.call('GET', '/docs');
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: expect.stringContaining('text/html') });
  });
});
