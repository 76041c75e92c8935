import type { TestDatabase } from '#database/testing';
import { recordLogs, type LogRecorder } from './support/log-recorder.js';
import type { RunWorker } from './support/run-worker.js';
import type { RegisteredPerson, RunningApi } from './support/running-api.js';

/** What everything of an organization is named after, said, asked and answered. */
const MARKS = { ada: 'of-ada-q7Zk', bob: 'of-bob-x3Wv' };
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const ROUNDS = 3;

interface Neighbour {
  readonly person: RegisteredPerson;
  readonly mark: string;
  /** Everything that was seen: answers with their headers, and streams. */
  readonly seen: string[];
  /** By collection. */
  readonly ids: Readonly<Record<string, string>>;
}

let logs: LogRecorder;
let database: TestDatabase;
let api: RunningApi;
let worker: RunWorker;
let ada: Neighbour;
let bob: Neighbour;
/** Every row that there is. */
let rows: readonly { table: string; row: string }[];
let ofAda: ReadonlySet<string>;
let ofBob: ReadonlySet<string>;

beforeAll(async () => {
  logs = recordLogs();
  const { createTestDatabase } = await import('#database/testing');
  const { register, startApi } = await import('./support/running-api.js');
  const { startRunWorker } = await import('./support/run-worker.js');
  database = await createTestDatabase();
  api = await startApi(database, { LOG_LEVEL: 'trace', API_CALL_RETENTION_DAYS: '1' });
  worker = await startRunWorker(database);
  const people = [await register(api, 'Ada'), await register(api, 'Bob')] as const;
  [ada, bob] = await Promise.all([live(people[0], MARKS.ada), live(people[1], MARKS.bob)]);
  await Promise.all([look(ada), look(bob)]);
  const { everythingStored } = await import('./support/everything-stored.js');
  rows = await everythingStored(database);
  [ofAda, ofBob] = [belongings(ada, bob), belongings(bob, ada)];
});

afterAll(async () => {
  await worker?.close();
  await api?.close();
  await database?.drop();
  logs?.stop();
});

/** Does what people do: everything there is a maker for, and runs that leave data, ask, are answered and followed. */
async function live(person: RegisteredPerson, mark: string): Promise<Neighbour> {
  const { Furniture } = await import('./support/furniture.js');
  const { makeAgent } = await import('./support/runs.js');
  const seen: string[] = [];
  const agent = `${mark} agent`;
  await makeAgent(api, person, agent, ['write_data', 'ask_for_input']);
  const followed = await Promise.all(Array.from({ length: ROUNDS }, () => runOnce(person, mark, agent)));
  seen.push(...followed.map(({ text }) => text));
  const makers = new Furniture(api, database, person, mark).makers();
  const ids: Record<string, string> = { members: person.userId, runs: followed[0]?.id ?? '', 'input-requests': followed[0]?.question ?? '' };
  for (const [name, make] of Object.entries(makers)) ids[name] ??= await make();
  return { person, mark, seen, ids };
}

/** One run from its start to its end, and what its stream said. */
async function runOnce(person: RegisteredPerson, mark: string, agent: string): Promise<{ id: string; question: string; text: string }> {
  const { openStream } = await import('./support/sse-client.js');
  const { startRun } = await import('./support/runs.js');
  const prompt = `/call write_data ${JSON.stringify({ key: mark, value: mark })}\n/call ask_for_input ${JSON.stringify({ prompt: mark })}`;
  const id = await startRun(api, person, agent, prompt);
  const stream = await openStream(api.url, `/v1/runs/${id}/events`, { token: person.token });
  const { data } = await stream.message(({ event }) => event === 'INPUT_REQUESTED');
  const question = String(data['inputRequestId']);
  await api.call('POST', `/v1/input-requests/${question}/answer`, { token: person.token, json: { response: mark } });
  await stream.message(({ event, data: { status } }) => event === 'RUN_STATUS' && status === 'COMPLETED');
  stream.leave();
  return { id, question, text: stream.text };
}

/** Reads every route that reads, as the person and as an API key of theirs that may do everything. */
async function look({ person, seen, ids }: Neighbour): Promise<void> {
  const { routesOf } = await import('#database/testing');
  const { PERMISSIONS } = await import('#database');
  const document = JSON.parse((await api.call('GET', '/docs-json')).text) as Parameters<typeof routesOf>[0];
  const json = { name: 'all', scopes: PERMISSIONS.map(({ key }) => key) };
  const { body } = await api.call('POST', '/v1/api-keys', { token: person.token, json });
  for (const { path, operation } of routesOf(document).filter(
    ({ method, path: one }) => method === 'GET' && !one.startsWith('/v1/admin/') && !one.endsWith('/events'),
  )) {
    const filled = path.replaceAll(/([^/]+)\/\{[^}]+\}/g, (_all, collection: string) => `${collection}/${ids[collection] ?? ''}`);
    const needed = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && parameter.required === true);
    const target = `${filled}?${needed.map(({ name, schema }) => `${name}=${encodeURIComponent(String(schema?.example))}`).join('&')}`;
    for (const token of [person.token, String(body['key'])]) {
      const { status, headers, text } = await api.call('GET', target, { token });
      if (token === person.token && status !== 200) throw new Error(`GET ${target} answered ${status}: ${text}`);
      seen.push(`${target} ${text} ${JSON.stringify(headers)}`);
    }
  }
}

/** Every id in a row of an organization, and in none of the other's; and its names. */
function belongings(of: Neighbour, other: Neighbour): ReadonlySet<string> {
  const idsIn = (orgId: string): Set<string> => new Set(rows.filter(({ row }) => row.includes(orgId)).flatMap(({ row }) => row.match(UUID) ?? []));
  const [own, theirs] = [idsIn(of.person.orgId), idsIn(other.person.orgId)];
  return new Set([...[...own].filter((id) => !theirs.has(id)), of.person.orgId, of.mark, of.person.email]);
}

const holds = (text: string, things: ReadonlySet<string>): string[] => [...things].filter((thing) => text.includes(thing));

it('nothing that an organization can see over HTTP or in streams holds an id, a name or a text of its neighbour', () => {
  for (const { seen, own, theirs } of [
    { seen: ada.seen, own: ofAda, theirs: ofBob },
    { seen: bob.seen, own: ofBob, theirs: ofAda },
  ]) {
    expect(theirs.size).toBeGreaterThan(50);
    expect(seen.length).toBeGreaterThan(40);
    expect(seen.filter((text) => holds(text, theirs).length > 0)).toEqual([]);
    // What it should see is there: the same search finds its own.
    expect(holds(seen.join('\n'), own).length).toBeGreaterThan(30);
  }
});

it('no row of a job, an event, a step or a record of what was done mixes two organizations', () => {
  expect(rows.filter(({ row }) => holds(row, ofAda).length > 0 && holds(row, ofBob).length > 0)).toEqual([]);
  const tablesOfBob = new Set(rows.filter(({ row }) => holds(row, ofBob).length > 0).map(({ table }) => table));
  const written = [
    'app.run',
    'app.run_event',
    'app.step',
    'app.input_request',
    'app.workflow_data',
    'app.audit_log',
    'app.job',
    'app.task',
    'app.git_credential',
  ];
  expect([...tablesOfBob]).toEqual(expect.arrayContaining(written));
});

it('no line of a log mixes them, and metrics name neither', async () => {
  const lines = logs.text().split('\n');
  expect(lines.filter((line) => holds(line, ofAda).length > 0 && holds(line, ofBob).length > 0)).toEqual([]);
  expect(lines.some((line) => holds(line, ofBob).length > 0)).toBe(true);
  const { text } = await api.call('GET', '/metrics');
  expect(text).toContain('plinth_http_request_duration_seconds');
  expect(text.match(UUID)).toBeNull();
  expect(holds(text, new Set([...ofAda, ...ofBob]))).toEqual([]);
});
