import { jest } from '@jest/globals';
import fs from 'node:fs';
import type { TestDatabase } from '#database/testing';
import type { RunningApi } from './support/running-api.js';

const PLANTED = 'PLANTEDm9Wk2cRb';

let logged = '';
const levelBefore = process.env['LOG_LEVEL'];
let database: TestDatabase;
let api: RunningApi;

beforeAll(async () => {
  // Loggers take their level when their module is loaded: everything that logs is loaded after this, at the most talkative level.
  process.env['LOG_LEVEL'] = 'trace';
  const write = fs.writeSync.bind(fs);
  jest.spyOn(fs, 'writeSync').mockImplementation((fd: number, content: string | NodeJS.ArrayBufferView, ...rest: unknown[]) => {
    if (fd !== 1 || typeof content !== 'string') return Number(Reflect.apply(write, fs, [fd, content, ...rest]));
    logged += content;
    return Buffer.byteLength(content);
  });
  const { createTestDatabase } = await import('#database/testing');
  const { startApi } = await import('./support/running-api.js');
  database = await createTestDatabase();
  api = await startApi(database, { LOG_LEVEL: 'trace' });
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
  jest.restoreAllMocks();
  process.env['LOG_LEVEL'] = levelBefore;
});

it('neither credentials nor what is said over MCP is found in a log, however a call fails', async () => {
  const { asSuperuser } = await import('./support/as-superuser.js');
  const { connectMcp, errorOf } = await import('./support/mcp-client.js');
  const { register } = await import('./support/running-api.js');
  const { makeAgent } = await import('./support/runs.js');
  const ada = await register(api, 'Ada');
  await makeAgent(api, ada, 'helper');
  const made = await api.call('POST', '/v1/api-keys', { token: ada.token, json: { name: 'mcp', scopes: ['run:create', 'run:read'] } });
  const key = String(made.body['key']);
  const client = await connectMcp(api, key);
  const run = (prompt: string): Promise<unknown> =>
    client.call('run_agent', { agent: 'helper', prompt, sessionId: PLANTED, waitSeconds: 0 }).then((result) => errorOf(result));

  expect(await run(PLANTED)).toBeUndefined();
  expect(await client.call('get_run', { runId: PLANTED }).then(errorOf)).toMatchObject({ code: 'VALIDATION_FAILED' });
  await asSuperuser(database, `alter table app.run add constraint refused check (initial_prompt <> '${PLANTED} refused')`);
  expect(await run(`${PLANTED} refused`)).toMatchObject({ code: expect.any(String) });
  await asSuperuser(database, 'alter table app.run rename column initial_prompt to gone');
  const fault = await run(`${PLANTED} fault`);
  expect(fault).toEqual({ code: 'INTERNAL_ERROR', detail: expect.any(String), requestId: expect.any(String) });
  await client.close();

  expect(logged).toContain('The tool failed with INTERNAL_ERROR');
  expect(logged).toContain((fault as { requestId: string }).requestId);
  expect({ planted: logged.includes(PLANTED), key: logged.includes(key.split('.')[2] ?? key), token: logged.includes(ada.token) }).toEqual({
    planted: false,
    key: false,
    token: false,
  });
});
