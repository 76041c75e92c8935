import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { McpTools } from '../src/mcp/tools/tools.js';
import type { McpTool } from '../src/mcp/tool.js';
import { addAgent, createRepository } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import { connectMcp, type McpTestClient } from './support/mcp-client.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import { startRunWorker, type RunWorker } from './support/run-worker.js';
import { makeAgent, startRun } from './support/runs.js';

const SECRET = 'planted-secret-of-bob';
const PROMPT = `/call write_data {"key":"${SECRET}","value":1}\n/call ask_for_input ${JSON.stringify({ prompt: SECRET })}`;

let database: TestDatabase;
let api: RunningApi;
let worker: RunWorker;
let ada: RegisteredPerson;
let bob: RegisteredPerson;
let attacker: McpTestClient;
let tools: readonly McpTool[];

/** What Bob has, by the argument that names such a thing. */
let theirs: Readonly<Record<string, string>>;
/** What Ada has, for the other arguments that a call needs. */
let own: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  worker = await startRunWorker(database);
  [ada, bob] = [await register(api, 'Ada'), await register(api, 'Bob')];
  const agent = await makeAgent(api, bob, SECRET, ['write_data', 'ask_for_input']);
  await addAgent(database, await createRepository(api, bob, 'bobs'), { name: `git-${SECRET}` });
  const victim = await connectMcp(api, bob.token);
  const { runId, inputRequests } = await victim.ask<{ runId: string; inputRequests: { id: string }[] }>('run_agent', {
    agent: SECRET,
    prompt: PROMPT,
    sessionId: SECRET,
  });
  const { items } = await victim.ask<{ items: { id: string }[] }>('read_workflow_data', { runId });
  await victim.close();
  await makeAgent(api, ada, 'mine');
  theirs = { runId, inputRequestId: inputRequests[0]?.id ?? '', agent, cursor: items[0]?.id ?? '', stepCursor: runId };
  own = { runId: await startRun(api, ada, 'mine'), agent: 'mine', prompt: 'x', response: 'x', waitSeconds: 0 };
  attacker = await connectMcp(api, ada.token);
  tools = api.app.get(McpTools).all;
});

afterAll(async () => {
  await attacker?.close();
  await worker?.close();
  await api?.close();
  await database?.drop();
});

const propertiesOf = ({ parameters }: McpTool): string[] => Object.keys(Object(parameters['properties']) as object);
const isId = (name: string): boolean => name === 'agent' || (/(Id|Cursor|^cursor)$/.test(name) && name !== 'sessionId');

/** What a call answers with this id, without it. */
async function answerWith(tool: McpTool, argument: string, id: string): Promise<string> {
  const required = Array.isArray(tool.parameters['required']) ? tool.parameters['required'].map(String) : [];
  const given = Object.fromEntries([...required, ...propertiesOf(tool).filter((name) => name === 'waitSeconds')].map((name) => [name, own[name]]));
  const answer = await attacker.call(tool.name, { ...given, [argument]: id });
  return JSON.stringify(answer).replaceAll(id, 'ID');
}

/** The rows of Bob that a call could change. */
const rowsOfBob = (): Promise<unknown> =>
  asSuperuser(
    database,
    `select to_jsonb(r) as run, to_jsonb(q) as question, to_jsonb(a) as agent
       from app.run r join app.input_request q using (org_id) join app.agent a using (org_id) where r.org_id = $1`,
    [bob.orgId],
  );

it('an id of another organization answers exactly like one that does not exist, as every argument of every tool', async () => {
  const before = await rowsOfBob();
  const tried: string[] = [];
  for (const tool of tools) {
    for (const argument of propertiesOf(tool).filter(isId)) {
      const id = theirs[argument] ?? '';
      expect({ argument, id }).toEqual({ argument, id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      const answer = await answerWith(tool, argument, id);
      expect(`${tool.name} ${answer}`).toBe(`${tool.name} ${await answerWith(tool, argument, newId())}`);
      expect(answer).not.toContain(SECRET);
      tried.push(`${tool.name} ${argument}`);
    }
  }
  expect(tried).toEqual(
    expect.arrayContaining([
      'run_agent agent',
      'get_run runId',
      'cancel_run runId',
      'list_input_requests runId',
      'answer_input_request inputRequestId',
      'read_workflow_data runId',
      'read_workflow_data cursor',
    ]),
  );
  expect(await rowsOfBob()).toEqual(before);
});

it('a name of another organization is nobody, and no list shows anything of it', async () => {
  const [byName, unknown] = [
    await attacker.call('run_agent', { agent: SECRET, prompt: 'x' }),
    await attacker.call('run_agent', { agent: 'nobody-has-this', prompt: 'x' }),
  ];
  expect(JSON.stringify(byName).replaceAll(SECRET, 'NAME')).toBe(JSON.stringify(unknown).replaceAll('nobody-has-this', 'NAME'));
  const lists: readonly [string, Record<string, unknown>][] = [
    ['list_agents', {}],
    ['list_runs', {}],
    ['list_runs', { sessionId: SECRET }],
    ['list_runs', { agentName: SECRET }],
    ['list_input_requests', { onlyOpen: false }],
    ['get_usage', {}],
  ];
  for (const [name, args] of lists) {
    const text = JSON.stringify(await attacker.ask(name, args));
    for (const value of [SECRET, bob.orgId, ...Object.values(theirs)]) expect({ name, shows: text.includes(value) }).toEqual({ name, shows: false });
  }
});

it('would see it if a tool told them apart', async () => {
  const victim = await connectMcp(api, bob.token);
  const text = JSON.stringify(await victim.ask('list_runs', { sessionId: SECRET }));
  expect(text).toContain(theirs['runId']);
  await victim.close();
});
