import { createTestDatabase, type TestDatabase } from '#database/testing';
import { RunFollower } from '#runs';
import { eventually } from './support/eventually.js';
import { connectMcp, errorOf, type McpTestClient } from './support/mcp-client.js';
import { addMember } from './support/members.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import { startRunWorker, type RunWorker } from './support/run-worker.js';
import { makeAgent, startRun } from './support/runs.js';

const READ = ['get_run', 'list_runs', 'list_input_requests', 'read_workflow_data'];
const SCHEMA = { type: 'object', required: ['city'], properties: { city: { type: 'string' } } };
const ASK = `/call ask_for_input ${JSON.stringify({ prompt: 'Which city?', schema: SCHEMA })}`;
const TELL = '/call write_data {"key":"seen","value":7,"tags":["t"]}\n/call run_agent {"agent":"helper","prompt":"Help."}';

let database: TestDatabase;
let api: RunningApi;
let worker: RunWorker;
let ada: RegisteredPerson;
let owner: McpTestClient;
const open: McpTestClient[] = [];

async function connect(credential: string): Promise<McpTestClient> {
  const client = await connectMcp(api, credential);
  open.push(client);
  return client;
}

async function keyWith(...scopes: string[]): Promise<{ id: string; key: string }> {
  const { status, body, text } = await api.call('POST', '/v1/api-keys', { token: ada.token, json: { name: 'mcp', scopes } });
  if (status !== 201) throw new Error(`Creating a key answered ${status}: ${text}`);
  return { id: String(body['id']), key: String(body['key']) };
}

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  worker = await startRunWorker(database);
  ada = await register(api, 'Ada');
  await makeAgent(api, ada, 'asker', ['ask_for_input', 'write_data', 'run_agent']);
  await makeAgent(api, ada, 'helper');
  owner = await connect(ada.token);
});

afterAll(async () => {
  await Promise.all(open.map((client) => client.close()));
  await worker?.close();
  await api?.close();
  await database?.drop();
});

describe('what is listed', () => {
  it('is what the caller may do, for people and keys', async () => {
    expect((await owner.tools()).sort()).toEqual([...READ, 'answer_input_request', 'cancel_run', 'get_usage', 'list_agents', 'run_agent'].sort());
    const viewer = await connect((await addMember(database, api, ada.orgId, 'VIEWER')).token);
    expect((await viewer.tools()).sort()).toEqual([...READ, 'list_agents'].sort());
    const starter = await connect((await keyWith('run:create')).key);
    expect(await starter.tools()).toEqual(['run_agent']);
    expect(errorOf(await starter.call('list_runs'))).toEqual({ code: 'PERMISSION_DENIED', detail: expect.stringContaining('"run:read"') });
    expect(await starter.ask('run_agent', { agent: 'helper', prompt: 'Hi.' })).toMatchObject({ status: 'QUEUED', next: expect.stringContaining('run:read') });
  });
});

describe('a run', () => {
  it('asks, is answered, calls another agent and leaves data, all over MCP', async () => {
    const { items } = await owner.ask<{ items: { name: string; id: string }[] }>('list_agents');
    expect(items).toMatchObject([
      { name: 'asker', source: 'agent', tools: ['ask_for_input', 'write_data', 'run_agent'] },
      { name: 'helper', source: 'agent' },
    ]);
    const steps: string[] = [];
    const { structuredContent: waiting } = await owner.call('run_agent', { agent: 'asker', prompt: `${ASK}\n${TELL}`, sessionId: 's1' }, ({ message }) =>
      steps.push(message ?? ''),
    );
    expect(waiting).toMatchObject({
      status: 'WAITING_INPUT',
      inputRequests: [{ prompt: 'Which city?', schema: SCHEMA }],
      next: expect.stringContaining('answer_input_request'),
    });
    expect(steps).toEqual(['Step 1 (MODEL) is COMPLETED.']);
    const { runId, inputRequests } = waiting as { runId: string; inputRequests: { id: string }[] };
    const inputRequestId = inputRequests[0]?.id ?? '';
    expect(await owner.ask('list_input_requests')).toMatchObject({ items: [{ id: inputRequestId, runId, isOpen: true }] });
    expect(errorOf(await owner.call('answer_input_request', { inputRequestId, response: { city: 7 } }))).toMatchObject({
      code: 'INPUT_INVALID',
      errors: [{ field: 'response.city' }],
    });
    expect(await owner.ask('answer_input_request', { inputRequestId, response: { city: 'Graz' } })).toMatchObject({ inputRequestId, runId });
    expect(await owner.ask('get_run', { runId, waitSeconds: 20 })).toMatchObject({
      run: { id: runId, status: 'COMPLETED', sessionId: 's1', output: { text: expect.stringContaining('Graz') } },
      steps: { items: expect.arrayContaining([expect.objectContaining({ type: 'AGENT', status: 'COMPLETED' })]), nextCursor: null },
    });
    expect(await owner.ask('read_workflow_data', { runId, key: 'seen', tags: ['t'] })).toMatchObject({ items: [{ value: 7 }] });
    expect(await owner.ask('list_runs', { sessionId: 's1', agentName: 'asker' })).toMatchObject({ items: [{ id: runId }], nextCursor: null });
    expect(errorOf(await owner.call('answer_input_request', { inputRequestId, response: { city: 'Wien' } }))).toMatchObject({ code: 'INPUT_REQUEST_CLOSED' });
  });

  it('counts in the usage', async () => {
    await owner.ask('run_agent', { agent: 'helper', prompt: 'Count me.' });
    const { runs, tokens } = await owner.ask<{ runs: number; tokens: number }>('get_usage');
    expect({ runs: runs > 0, tokens: tokens > 0 }).toEqual({ runs: true, tokens: true });
    const today = new Date().toISOString().slice(0, 10);
    expect(await owner.ask('get_usage', { from: today })).toMatchObject({ runs, days: [{ date: today, runs }] });
    expect(errorOf(await owner.call('get_usage', { to: today }))).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('is cancelled', async () => {
    const runId = await startRun(api, ada, 'asker', ASK);
    expect(await owner.ask('cancel_run', { runId })).toEqual({ runId, status: 'CANCELLED' });
    expect(errorOf(await owner.call('cancel_run', { runId }))).toMatchObject({ code: 'RUN_ENDED' });
  });
});

describe('a call that waits', () => {
  /** A run that stays RUNNING: the agent that it calls waits for a person. */
  const STUCK = { agent: 'asker', prompt: `/call run_agent ${JSON.stringify({ agent: 'inner', prompt: ASK })}`, waitSeconds: 40 };
  beforeAll(() => makeAgent(api, ada, 'inner', ['ask_for_input']));

  const followed = (running = api): number => running.app.get(RunFollower).size;

  it('ends within seconds when its credential is revoked', async () => {
    const { id, key } = await keyWith('run:create', 'run:read');
    const client = await connect(key);
    const waiting = client.call('run_agent', STUCK);
    await eventually(async () => expect(followed()).toBe(1));
    const revoked = performance.now();
    expect((await api.call('DELETE', `/v1/api-keys/${id}`, { token: ada.token })).status).toBe(204);
    expect(errorOf(await waiting)).toMatchObject({ code: 'ACCESS_ENDED' });
    expect(performance.now() - revoked).toBeLessThan(5_000);
    await expect(client.tools()).rejects.toThrow('API_KEY_INVALID');
  });

  it('is not carried on for a client that has gone', async () => {
    const leaving = new AbortController();
    const began = performance.now();
    const request = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'run_agent', arguments: STUCK } };
    const answer = await fetch(`${api.url}/mcp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(request),
      signal: leaving.signal,
    });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(performance.now() - began).toBeLessThan(5_000);
    await eventually(async () => expect(followed()).toBe(1));
    leaving.abort();
    await eventually(async () => expect(followed()).toBe(0));
  });

  it('answers where the run stands when the process ends', async () => {
    const ending = await startApi(database);
    const client = await connectMcp(ending, ada.token);
    const waiting = client.ask('run_agent', STUCK);
    await eventually(async () => expect(followed(ending)).toBe(1));
    await eventually(async () =>
      expect(await owner.ask('list_input_requests')).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ agentName: 'inner' })]) }),
    );
    await ending.close();
    expect(await waiting).toMatchObject({ status: 'RUNNING', next: expect.stringContaining('get_run') });
    await client.close();
  });

  it('answers where the run stands when its time is over', async () => {
    expect(await owner.ask('run_agent', { ...STUCK, waitSeconds: 1 })).toMatchObject({ status: 'RUNNING', inputRequests: [] });
  });
});
