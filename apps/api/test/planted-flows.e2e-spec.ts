import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestDatabase } from '#database/testing';
import type { Answer, Call } from './support/http-client.js';
import { recordLogs, type LogRecorder } from './support/log-recorder.js';
import type { RunWorker } from './support/run-worker.js';
import type { RunningApi } from './support/running-api.js';

const EMAIL = 'ada@example.test';
const PASSWORDS = {
  first: 'PLANTED first pass/word+',
  second: 'PLANTED second pass/word+',
  third: 'PLANTED third pass/word+',
  wrong: 'PLANTED wrong pass/word+',
};
const MODEL_KEY = 'PLANTED-model-key-q7Zk1tVx';
const GIT_TOKEN = 'PLANTED-git-token-q7Zk1tVx';
const PRIVATE_ANSWER = 'PLANTED answer q7Zk1tVx';

/** Everything that must be found nowhere, by what it is. */
const secrets = new Map<string, string>();
const errorAnswers: string[] = [];
let logs: LogRecorder;
let database: TestDatabase;
let api: RunningApi;
let worker: RunWorker | undefined;
let model: Server;
let keyBefore: string | undefined;

beforeAll(async () => {
  logs = recordLogs();
  keyBefore = process.env['MODEL_API_KEY'];
  process.env['MODEL_API_KEY'] = MODEL_KEY;
  const { createTestDatabase } = await import('#database/testing');
  const { startApi } = await import('./support/running-api.js');
  const { startRunWorker } = await import('./support/run-worker.js');
  database = await createTestDatabase();
  api = await startApi(database, { LOG_LEVEL: 'trace', API_CALL_RETENTION_DAYS: '1' });
  model = await modelThatRepeatsKeys();
  worker = await startRunWorker(database, `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`);
});

afterAll(async () => {
  await worker?.close();
  model?.closeAllConnections();
  model?.close();
  await api?.close();
  await database?.drop();
  logs?.stop();
  if (keyBefore === undefined) delete process.env['MODEL_API_KEY'];
  else process.env['MODEL_API_KEY'] = keyBefore;
});

/** Refuses every call and quotes the key that came with it, as endpoints do. */
async function modelThatRepeatsKeys(): Promise<Server> {
  const server = createServer((request, response) => {
    const message = `Incorrect API key provided: ${request.headers.authorization ?? ''}`;
    response.writeHead(401, { 'content-type': 'application/json', 'x-key': MODEL_KEY }).end(JSON.stringify({ error: { message, code: 'invalid_api_key' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function plant(what: string, secret: unknown): string {
  if (typeof secret !== 'string' || secret.length < 16) throw new Error(`There is no ${what} to plant: ${JSON.stringify(secret)}.`);
  secrets.set(what, secret);
  return secret;
}

async function call(method: string, path: string, options: Call = {}): Promise<Answer> {
  const answer = await api.call(method, path, options);
  if (answer.status >= 400) errorAnswers.push(`${method} ${path} ${answer.text} ${JSON.stringify(answer.headers)}`);
  return answer;
}

const post = (path: string, json: unknown, token?: string): Promise<Answer> => call('POST', path, { json, token });

/** The token that was last sent to an address; sent twice, the second time is refused. */
async function sent(what: string, to = EMAIL): Promise<string> {
  const { lastToken } = await import('./support/outbox.js');
  return plant(what, await lastToken(api.home, to));
}

/** What sets a password, changes it and signs in with it, well and badly. */
async function signInAndOut(): Promise<string> {
  for (const [name, password] of Object.entries(PASSWORDS)) plant(`the ${name} password`, password);
  await post('/v1/auth/register', { email: EMAIL, password: PASSWORDS.first, name: 'Ada', organizationName: 'Ada Ltd' });
  const token = await sent('token of the registration');
  expect((await post('/v1/auth/verify', { token, password: PASSWORDS.wrong })).status).toBe(400);
  expect((await post('/v1/auth/verify', { token, password: PASSWORDS.first })).status).toBe(201);
  expect((await post('/v1/auth/verify', { token, password: PASSWORDS.first })).status).toBe(400);
  expect((await post('/v1/auth/login', { email: EMAIL, password: PASSWORDS.wrong })).status).toBe(401);
  expect((await post('/v1/auth/login', { email: EMAIL, password: [PASSWORDS.first], token: PASSWORDS.first })).status).toBe(400);
  expect((await call('POST', '/v1/auth/login', { raw: `{"email":"${EMAIL}","password":"${PASSWORDS.first}"` })).status).toBe(400);

  await post('/v1/auth/password-reset', { email: EMAIL });
  const reset = await sent('token of the reset');
  expect((await post('/v1/auth/password-reset/confirm', { token: reset, password: PASSWORDS.second })).status).toBe(204);
  expect((await post('/v1/auth/password-reset/confirm', { token: reset, password: PASSWORDS.second })).status).toBe(400);

  const { body } = await post('/v1/auth/login', { email: EMAIL, password: PASSWORDS.second });
  const refreshed = await post('/v1/auth/refresh', { refreshToken: plant('refresh token', body['refreshToken']) });
  plant('refresh token that is current', refreshed.body['refreshToken']);
  const access = plant('access token', refreshed.body['accessToken']);
  expect((await post('/v1/auth/refresh', { refreshToken: `${String(body['refreshToken'])}x` })).status).toBe(401);
  expect((await post('/v1/me/password', { currentPassword: PASSWORDS.wrong, newPassword: PASSWORDS.third }, access)).status).toBeGreaterThanOrEqual(400);
  await post('/v1/me/address', { email: 'new@example.test', password: PASSWORDS.second }, access);
  await sent('token of the new address', 'new@example.test');
  return access;
}

/** What people hand to Plinth and what it hands out to them. */
async function handOut(token: string): Promise<string> {
  const made = await post('/v1/api-keys', { name: 'planted', scopes: ['run:read', 'agent:read'] }, token);
  const key = plant('API key', made.body['key']);
  expect((await call('GET', '/v1/agents', { token: key })).status).toBe(200);
  expect((await call('GET', '/v1/agents', { token: `${key}x` })).status).toBe(401);
  expect(
    (await call('GET', `/v1/agents/${encodeURIComponent(key)}?token=${encodeURIComponent(key)}`, { token, headers: { cookie: `session=${key}` } })).status,
  ).toBe(400);
  await post('/v1/invitations', { email: 'bob@example.test', role: 'VIEWER' }, token);
  await sent('token of the invitation', 'bob@example.test');
  const repository = await post('/v1/agent-repositories', { name: 'planted', gitUrl: 'https://git.example/a.git' }, token);
  await post(`/v1/agent-repositories/${String(repository.body['id'])}/sync`, {}, token);
  const credential = { provider: 'github', token: plant('Git token', GIT_TOKEN) };
  expect((await call('PUT', `/v1/agent-repositories/${String(repository.body['id'])}/credential`, { token, json: credential })).status).toBe(200);
  return key;
}

/** A run whose model refuses the key, and an answer that nobody but the run is to read. */
async function run(token: string): Promise<void> {
  const { eventually } = await import('./support/eventually.js');
  const { makeAgent, startRun } = await import('./support/runs.js');
  plant('model key', MODEL_KEY);
  await makeAgent(api, { token }, 'helper');
  const id = await startRun(api, { token }, 'helper');
  await eventually(async () =>
    expect((await call('GET', `/v1/runs/${id}`, { token })).body).toMatchObject({ status: 'FAILED', errorCode: 'MODEL_CALL_FAILED' }),
  );
  await worker?.close();
  worker = undefined;
}

/** The texts in which a secret could hide. */
function formsOf(secret: string): string[] {
  const encoded = (['base64', 'base64url', 'hex'] as const).map((encoding) => Buffer.from(secret).toString(encoding).replace(/=+$/, ''));
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...encoded];
}

const found = (text: string, among = secrets): string[] =>
  [...among].filter(([, secret]) => formsOf(secret).some((form) => text.includes(form))).map(([what]) => what);

it('secrets that go through whole flows are found nowhere: not in logs, metrics, errors, tables or jobs', async () => {
  const { everythingStored } = await import('./support/everything-stored.js');
  const { eventually } = await import('./support/eventually.js');
  const access = await signInAndOut();
  await handOut(access);
  await run(access);
  await eventually(async () => expect((await everythingStored(database)).filter(({ table }) => table === 'app.api_call').length).toBeGreaterThan(5));

  const stored = await everythingStored(database);
  const written = [
    'app.api_call',
    'app.audit_log',
    'app.run',
    'app.step',
    'app.run_event',
    'app.job',
    'app.git_credential',
    'app.api_key',
    'app.refresh_token',
  ];
  expect([...new Set(stored.map(({ table }) => table))]).toEqual(expect.arrayContaining(written));
  expect(stored.filter(({ row }) => found(row).length > 0).map(({ table, row }) => ({ table, holds: found(row) }))).toEqual([]);

  // In development the log stands in for mail: only that one logger shows tokens.
  const lines = logs
    .text()
    .split('\n')
    .filter((line) => !line.includes('"name":"delivery"'));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => found(line).length > 0)).toEqual([]);
  const metrics = (await call('GET', '/metrics')).text;
  expect(metrics).toContain('plinth_http_request_duration_seconds');
  expect(found(metrics)).toEqual([]);
  expect(errorAnswers.length).toBeGreaterThan(8);
  expect(errorAnswers.flatMap((answer) => found(answer.replace(/^\S+ \S+ /, '')).map((what) => ({ what, answer })))).toEqual([]);
  expect(secrets.size).toBeGreaterThan(12);
});

it('what a person answers a run stays with the run', async () => {
  const { everythingStored } = await import('./support/everything-stored.js');
  const { Furniture } = await import('./support/furniture.js');
  const { register } = await import('./support/running-api.js');
  const person = await register(api, 'Carl');
  const question = await new Furniture(api, database, person).inputRequest();
  expect((await post(`/v1/input-requests/${question}/answer`, { response: PRIVATE_ANSWER }, person.token)).status).toBe(200);
  const tables = (await everythingStored(database)).filter(({ row }) => row.includes(PRIVATE_ANSWER)).map(({ table }) => table);
  expect([...new Set(tables)].sort()).toEqual(['app.input_request', 'app.step']);
  expect(logs.text()).not.toContain(PRIVATE_ANSWER);
});

it('would be seen: the first of them is, where it is allowed', async () => {
  expect(found(JSON.stringify({ it: PASSWORDS.first }))).toEqual(['the first password']);
  expect(found(logs.text())).toContain('token of the registration');
});
