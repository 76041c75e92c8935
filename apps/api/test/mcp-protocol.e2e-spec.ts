import { readFile } from 'node:fs/promises';
import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { McpTools } from '../src/mcp/tools/tools.js';
import { asSuperuser } from './support/as-superuser.js';
import { eventually } from './support/eventually.js';
import type { Answer } from './support/http-client.js';
import { connectMcp, errorOf, type McpTestClient } from './support/mcp-client.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import { makeAgent } from './support/runs.js';

const PAGE = 'https://app.example';
const SETTINGS = { MCP_ALLOWED_ORIGINS: PAGE, API_CALL_RETENTION_DAYS: '30' };
const ACCEPT = { accept: 'application/json, text/event-stream' };

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let bob: RegisteredPerson;
let client: McpTestClient;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, SETTINGS);
  ada = await register(api, 'Ada');
  bob = await register(api, 'Bob');
  await makeAgent(api, ada, 'helper');
  client = await connectMcp(api, ada.token);
});

afterAll(async () => {
  for (const name of Object.keys(SETTINGS)) delete process.env[name];
  await client?.close();
  await api?.close();
  await database?.drop();
});

const request = (method: string, params?: unknown): object => ({ jsonrpc: '2.0', id: 1, method, params });
const toolCall = (name: unknown, args?: unknown): object => request('tools/call', { name, arguments: args });
const post = (json: unknown, headers: Record<string, string> = {}, token = ada.token): Promise<Answer> =>
  api.call('POST', '/mcp', { token, json, headers: { ...ACCEPT, ...headers } });
const namesIn = ({ body }: Answer): string[] => (body['result'] as { tools: { name: string }[] }).tools.map(({ name }) => name);

describe('who may connect', () => {
  it('nobody without a credential, or with one that is not valid', async () => {
    const none = await api.call('POST', '/mcp', { json: request('tools/list'), headers: ACCEPT });
    expect(none).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' }, headers: { 'www-authenticate': 'Bearer realm="plinth"' } });
    const wrong = await post(request('tools/list'), {}, 'nonsense');
    expect(wrong).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer realm="plinth", error="invalid_token"' } });
    await expect(connectMcp(api, 'nonsense')).rejects.toThrow('TOKEN_INVALID');
  });

  it('no web page but those that are allowed', async () => {
    for (const origin of ['https://evil.example', 'null', `${PAGE}.evil.example`, api.url]) {
      expect(await post(request('ping'), { origin })).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } });
    }
    const refused = await api.call('OPTIONS', '/mcp', { headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } });
    expect(refused.status).toBe(403);
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('web pages that are allowed, which may read the answers, refusals too', async () => {
    const readable = { 'access-control-allow-origin': PAGE, vary: 'origin' };
    const preflight = await api.call('OPTIONS', '/mcp', { headers: { origin: PAGE, 'access-control-request-method': 'POST' } });
    expect(preflight).toMatchObject({
      status: 204,
      headers: { ...readable, 'access-control-allow-methods': 'POST', 'access-control-allow-headers': expect.stringContaining('authorization') },
    });
    expect(await post(request('ping'), { origin: PAGE })).toMatchObject({ status: 200, body: { result: {} }, headers: readable });
    expect(await post(request('ping'), { origin: PAGE }, 'nonsense')).toMatchObject({ status: 401, headers: readable });
    expect((await post(request('ping'))).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('nobody of an organization that is suspended', async () => {
    const eve = await register(api, 'Eve');
    await asSuperuser(database, `update app.organization set status = 'SUSPENDED' where id = $1`, [eve.orgId]);
    await eventually(async () =>
      expect(await post(request('tools/list'), {}, eve.token)).toMatchObject({ status: 403, body: { code: 'ORGANIZATION_SUSPENDED' } }),
    );
  });
});

describe('no session outlives a request', () => {
  it('none is given, none is taken, and there is nothing to listen to or to end', async () => {
    const { capabilities, serverInfo } = (
      await post(request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } }))
    ).body['result'] as Record<string, unknown>;
    expect({ capabilities, serverInfo }).toEqual({ capabilities: { tools: {} }, serverInfo: { name: 'plinth', title: 'Plinth', version: '1' } });
    const listed = await post(request('tools/list'), { 'mcp-session-id': 'of somebody else' });
    expect(listed.status).toBe(200);
    expect(listed.headers['mcp-session-id']).toBeUndefined();
    for (const method of ['GET', 'DELETE']) {
      expect(await api.call(method, '/mcp', { token: ada.token, headers: ACCEPT })).toMatchObject({ status: 405, headers: { allow: 'OPTIONS, POST' } });
    }
  });

  it('two credentials with one session id and one message id, at once, each get their own', async () => {
    const key = await api.call('POST', '/v1/api-keys', { token: bob.token, json: { name: 'mcp', scopes: ['run:read'] } });
    const session = { 'mcp-session-id': newId() };
    const asked = Array.from({ length: 10 }, (_, index) => post(request('tools/list'), session, index % 2 === 0 ? ada.token : String(key.body['key'])));
    const answers = (await Promise.all(asked)).map(namesIn);
    answers.forEach((names, index) => expect(names.includes('run_agent')).toBe(index % 2 === 0));
  });
});

describe('what is not right', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
  const cases: readonly [what: string, send: () => Promise<Answer>, expected: object][] = [
    ['no JSON', () => api.call('POST', '/mcp', { token: ada.token, raw: '{"jsonrpc":', headers: ACCEPT }), { status: 400, body: { code: 'MALFORMED_JSON' } }],
    ['no body', () => api.call('POST', '/mcp', { token: ada.token, headers: ACCEPT }), { status: 400, body: { code: 'MALFORMED_JSON' } }],
    ['another JSON', () => post({ hello: 'there' }), { status: 400, body: { code: 'MCP_MESSAGE_INVALID' } }],
    ['a number', () => post(7), { status: 400, body: { code: 'MCP_MESSAGE_INVALID' } }],
    ['another version of JSON-RPC', () => post({ ...request('ping'), jsonrpc: '1.0' }), { status: 400, body: { code: 'MCP_MESSAGE_INVALID' } }],
    ['a batch', () => post([request('ping'), request('tools/list')]), { status: 400, body: { code: 'MCP_BATCH_REFUSED' } }],
    ['an empty batch', () => post([]), { status: 400, body: { code: 'MCP_BATCH_REFUSED' } }],
    ['too large', () => post(toolCall('run_agent', { prompt: 'x'.repeat(1_048_576) })), { status: 413, body: { code: 'BODY_TOO_LARGE' } }],
    ['too deep', () => post(toolCall('list_runs', deep(200))), { status: 400, body: { code: 'VALIDATION_FAILED' } }],
    ['a NUL character', () => post(toolCall('run_agent', { agent: 'helper', prompt: 'a\0b' })), { status: 400, body: { code: 'VALIDATION_FAILED' } }],
    ['not JSON by its name', () => post(request('ping'), { 'content-type': 'text/plain' }), { status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } }],
    ['an answer that the client does not take', () => post(request('ping'), { accept: 'text/html' }), { status: 406 }],
    ['an unknown version of the protocol', () => post(request('ping'), { 'mcp-protocol-version': '1999-01-01' }), { status: 400 }],
    ['an unknown method', () => post(request('tools/steal')), { status: 200, body: { id: 1, error: { code: -32601 } } }],
    ['a method from the prototype', () => post(request('constructor')), { status: 200, body: { error: { code: -32601 } } }],
    ['an unknown tool', () => post(toolCall('steal')), { status: 200, body: { error: { code: -32602, message: expect.stringContaining('tools/list') } } }],
    ['a tool from the prototype', () => post(toolCall('toString')), { status: 200, body: { error: { code: -32602 } } }],
    ['no name of a tool', () => post(toolCall(7)), { status: 200, body: { id: 1, error: { code: -32602, message: expect.stringContaining('params.name') } } }],
    ['a greeting without a version', () => post(request('initialize', {})), { status: 200, body: { error: { code: -32602 } } }],
    ['a task', () => post(request('tools/call', { name: 'list_runs', task: { ttl: 1 } })), { status: 200, body: { error: {} } }],
    ['arguments that are none', () => post(toolCall('list_runs', 'all')), { status: 200, body: { error: { code: -32602 } } }],
  ];

  it.each(cases)('%s', async (_what, send, expected) => {
    const answer = await send();
    expect(answer).toMatchObject(expected);
    expect(answer.text).not.toMatch(/node_modules|\.ts:|\.js:| at |stack/i);
  });

  it('a notification is taken without an answer', async () => {
    expect(await post({ jsonrpc: '2.0', method: 'notifications/initialized' })).toMatchObject({ status: 202, text: '' });
  });

  it('arguments are refused by the tool, which names them', async () => {
    const refused = [
      await client.call('run_agent', { agent: 'helper' }),
      await client.call('get_run', { runId: 'x' }),
      await client.call('list_runs', { limit: 101 }),
      await client.call('cancel_run', { runId: newId(), force: true }),
      await client.call('run_agent', { agent: 'helper', prompt: 'x', waitSeconds: 3_600 }),
    ];
    expect(refused.map(errorOf)).toMatchObject(
      ['prompt', 'runId', 'limit', 'force', 'waitSeconds'].map((field) => ({ code: 'VALIDATION_FAILED', errors: [{ field, code: 'ARGUMENT_INVALID' }] })),
    );
  });

  it('a refusal of the database says nothing of the database', async () => {
    await asSuperuser(database, `alter table app.run add constraint secret_rule check (initial_prompt <> 'boom')`);
    const failed = await client.call('run_agent', { agent: 'helper', prompt: 'boom' });
    expect(errorOf(failed)).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
    expect(JSON.stringify(failed)).not.toMatch(/secret_rule|app\.run|insert|constraint "/i);
  });
});

describe('whatever arguments come', () => {
  const NASTY: readonly unknown[] = [null, '', "'; drop table app.run; --", '💥', 'git:x', '0001-01-01', '9999-12-31', -1, 2 ** 53, true, [], {}];

  it('no tool fails for a fault of ours', async () => {
    const { all } = api.app.get(McpTools);
    const failed: unknown[] = [];
    for (const { name, parameters } of all) {
      const properties = Object.keys(Object(parameters['properties']) as object);
      const calls = properties.flatMap((property) => NASTY.map((value) => ({ [property]: value })));
      const filled = { agent: 'helper', prompt: 'x', runId: newId(), inputRequestId: newId(), response: 1, waitSeconds: 0 };
      const given = Object.fromEntries(Object.entries(filled).filter(([property]) => properties.includes(property)));
      const attempts = calls.map(async (nasty) => {
        const error = errorOf(await client.call(name, { ...given, ...nasty })) as { code: string } | undefined;
        if (error !== undefined && /INTERNAL|UNAVAILABLE|DATABASE/.test(error.code)) failed.push({ name, nasty, error });
      });
      await Promise.all(attempts);
    }
    expect(failed).toEqual([]);
  });
});

describe('as every other route', () => {
  it('is recorded, with who called', async () => {
    const { headers } = await post(request('tools/list'));
    await eventually(async () => {
      const [call] = await asSuperuser(database, 'select method, route, status_code, user_id from app.api_call where request_id = $1', [
        headers['x-request-id'] ?? '',
      ]);
      expect(call).toEqual({ method: 'POST', route: '/mcp', status_code: 200, user_id: ada.userId });
    });
  });

  it('is limited by credential', async () => {
    const limited = await startApi(database, { RATE_LIMIT_PER_CREDENTIAL: '2' });
    const answers = [];
    for (let index = 0; index < 5; index += 1) answers.push(await limited.call('POST', '/mcp', { token: bob.token, json: request('ping'), headers: ACCEPT }));
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' }, headers: { 'retry-after': expect.any(String) } });
    delete process.env['RATE_LIMIT_PER_CREDENTIAL'];
    await limited.close();
  });
});

it('docs/mcp.md names every tool with its permission', async () => {
  const text = await readFile('docs/mcp.md', 'utf8');
  const documented = [...text.matchAll(/^\| `(\w+)` \| `([\w:]+)` \|/gm)].map(([, name, permission]) => ({ name, permission }));
  expect(documented).toEqual(expect.arrayContaining(api.app.get(McpTools).all.map(({ name, permission }) => ({ name, permission }))));
  expect(documented).toHaveLength(api.app.get(McpTools).all.length);
});
