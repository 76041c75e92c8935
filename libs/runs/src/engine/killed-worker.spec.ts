import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createRunsFixture, until, type RunsFixture } from '../testing/runs-fixture.js';
import { chargeTool, ScriptedModel } from '../testing/scripted-run.js';

const PROGRAM = join(process.cwd(), 'dist/libs/runs/src/testing/lone-run-worker.js');
/** Long, so that nobody takes what a dead worker left before `leasesRunOut`. */
const LEASE_MS = 120_000;
/** At each of these points of a run's first turn a worker dies: before and after all that it does up to calling another agent. */
const FIRST_TURN = Array.from({ length: 16 }, (_, point) => point);
/** Those who come after them find what they have left, nested runs and runs that were woken by those: points of these. */
const LATER = [1, 5];
const AT_ONCE = 3;
/** A worker that finds too little to do to get to its point is killed where it stands, so long after it was ready. */
const PATIENCE_MS = 1_500;

let fixture: RunsFixture;
let server: Server;
let counter: string;
const calls = new Map<string, number>();

beforeAll(async () => {
  fixture = await createRunsFixture();
  server = createServer((request, response) => {
    const key = request.url?.slice(1) ?? '';
    calls.set(key, (calls.get(key) ?? 0) + 1);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  counter = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await fixture.drop();
});

interface Death {
  /** The point at which it died; empty where it did not get to it. */
  readonly name: string;
  readonly signal: NodeJS.Signals | null;
}

/** A worker that kills itself at this point. */
async function dieAt(point: number): Promise<Death> {
  const { login, queue } = fixture.test.urls;
  const orders = JSON.stringify({ urls: { login, queue }, counter, dieAt: point, leaseMs: LEASE_MS });
  const child = spawn(process.execPath, [PROGRAM, orders], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let impatience: NodeJS.Timeout | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    impatience ??= setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  });
  return new Promise((resolve) => child.once('close', (_code, signal) => (clearTimeout(impatience), resolve({ name: said.replace('ready\n', ''), signal }))));
}

const leasesRunOut = () => fixture.rows(`update app.job set lease_until = now() where state = 'RUNNING'`);

/** Kills a worker at each of these points, a few at a time. */
async function dieAtEach(points: readonly number[]): Promise<Death[]> {
  const left = [...points];
  const deaths: Death[] = [];
  const lane = async (): Promise<void> => {
    for (let point = left.shift(); point !== undefined; point = left.shift()) deaths.push(await dieAt(point));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  await leasesRunOut();
  return deaths;
}

interface StepRow {
  id: string;
  type: string;
  status: string;
  error_code: string | null;
  input: { name?: string } | null;
}

it('kill -9 at every point of a turn: every run ends as it must, and nothing that costs is done twice', async () => {
  const org = await fixture.organization();
  await org.agent('caller', ['write_data', 'charge', 'run_agent']);
  await org.agent('called', []);
  for (const _ of FIRST_TURN) await org.start('caller');

  const deaths = [...(await dieAtEach(FIRST_TURN)), ...(await dieAtEach(LATER))];
  expect(deaths.filter(({ signal }) => signal !== 'SIGKILL')).toEqual([]);
  const names = ['seen', 'held', 'model', 'charge', 'agent', 'transaction'].flatMap((name) => [`before ${name}`, `after ${name}`]);
  expect(names.filter((name) => !deaths.some((death) => death.name === name))).toEqual([]);

  const plain = <T>(_name: string, work: () => Promise<T>): Promise<T> => work();
  const worker = await fixture.worker(new ScriptedModel(counter, plain), [chargeTool(counter, plain)], { pollIntervalMs: 50 });
  const open = () => fixture.rows(`select id from app.run where status = any ('{QUEUED,RUNNING,WAITING_INPUT}')`);
  await until('every run has ended', async () => (await open()).length === 0, 20_000);
  await until('no job is left', async () => (await fixture.rows('select id from app.job')).length === 0, 5_000);
  await worker.drain();

  const runs = await fixture.rows<{ id: string; status: string; error_code: string | null; tokens: number; steps: StepRow[]; numbers: boolean; data: number }>(
    `select r.id, r.status, r.error_code, r.total_tokens::int as tokens, (select json_agg(s order by s.sequence_number) from app.step s where s.run_id = r.id) as steps,
       (select array_agg(s.sequence_number order by s.sequence_number) = array(select generate_series(1, r.step_count)) from app.step s where s.run_id = r.id)
       and (select array_agg(e.number order by e.number) = array(select generate_series(1, r.event_count)) from app.run_event e where e.run_id = r.id) as numbers,
       (select count(*)::int from app.workflow_data d where d.run_id = r.id) as data
     from app.run r`,
  );
  for (const { status, error_code, tokens, steps, numbers, data } of runs) {
    const unknown = steps.filter((step) => step.error_code === 'CALL_OUTCOME_UNKNOWN');
    expect([status, error_code, unknown.length]).toEqual(status === 'COMPLETED' ? ['COMPLETED', null, 0] : ['FAILED', 'CALL_OUTCOME_UNKNOWN', 1]);
    expect(numbers).toBe(true);
    const costly = steps.filter(({ type }) => type === 'MODEL' || type === 'TOOL');
    for (const step of costly) expect(step.status === 'COMPLETED' ? [1] : [0, 1]).toContain(calls.get(step.id) ?? 0);
    expect(tokens).toBe(costly.filter((step) => step.type === 'MODEL' && step.status === 'COMPLETED').length * 5);
    expect(data).toBe(steps.filter((step) => step.input?.name === 'write_data' && step.status === 'COMPLETED').length);
  }
  const ended = (status: string): number => runs.filter((run) => run.status === status).length;
  expect(ended('COMPLETED') + ended('FAILED')).toBe(runs.length);
  expect(ended('FAILED')).toBeLessThanOrEqual(deaths.filter(({ name }) => !name.startsWith('before seen')).length);
  expect(ended('COMPLETED')).toBeGreaterThan(0);
  expect(ended('FAILED')).toBeGreaterThan(0);
}, 60_000);
