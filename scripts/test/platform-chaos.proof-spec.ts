import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedHome, joinEmbeddedServer, stopServer, type EmbeddedServer } from '#database/embedded';
import { interrupted, sum, wrongCalls, wrongCharges, wrongEndings, wrongNumbers, wrongUse, type Evidence } from './support/chaos/findings.js';
import { readLedger, strangersIn } from './support/chaos/ledger.js';
import { AGENTS, KINDS, MODELS } from './support/chaos/mix.js';
import { ModelServerProcess } from './support/chaos/model-server-process.js';
import { ChaosOrganization } from './support/chaos/organization.js';
import { chaosRepositories } from './support/chaos/repositories.js';
import { Storm, type Party } from './support/chaos/storm.js';
import { WorkerKiller } from './support/chaos/worker-killer.js';
import { ServiceProcess } from './support/service-process.js';

const TIMEOUT_MS = 300_000;
const RUNS = 200;
const START_EVERY_MS = 150;
const MODEL_DELAY_MS = 80;
const WORKER_LIVES_MS = 2_500;

let folder: string;
let server: EmbeddedServer;
let model: ModelServerProcess;
let api: ServiceProcess;
let killer: WorkerKiller;
let storm: Storm;
let evidence: Evidence;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plinth-chaos-'));
  chmodSync(folder, 0o711);
  [server, model] = await Promise.all([
    joinEmbeddedServer({ home: join(folder, 'home'), durability: 'full', name: 'chaos proof' }),
    ModelServerProcess.start(MODEL_DELAY_MS, MODELS),
  ]);
  api = new ServiceProcess('api', { ...variables(), DATABASE_OWNER_URL: server.urls.owner, ENABLE_AUTO_MIGRATION: 'true' });
  const url = await api.url;
  killer = new WorkerKiller(() => new ServiceProcess('worker', variables(), 'scripts/test/support/chaos/charging-tool.mjs'), WORKER_LIVES_MS);
  storm = new Storm(
    await Promise.all(
      chaosRepositories(folder)
        .slice(0, 2)
        .map((gitUrl, index) => party(url, `org${index}`, gitUrl)),
    ),
  );
  killer.begin();
  await storm.start(RUNS, START_EVERY_MS);
  await killer.leaveAlone();
  await storm.end(60_000);
  const charges = existsSync(chargesFile()) ? readFileSync(chargesFile(), 'utf8').split('\n').slice(0, -1) : [];
  evidence = { ledger: await readLedger(server.urls.admin), started: storm.runs, model: await model.counts(), charges, killer };
}, TIMEOUT_MS);

afterAll(async () => {
  await Promise.all([killer?.end(), api?.end('SIGKILL')]);
  model?.stop();
  await server?.release();
  if (server !== undefined) await stopServer(embeddedHome(server.home), { force: true });
  rmSync(folder, { recursive: true, force: true });
}, TIMEOUT_MS);

const chargesFile = (): string => join(folder, 'charges');

function variables(): Record<string, string> {
  const { login, privileged, queue } = server.urls;
  return {
    NODE_ENV: 'test',
    PLINTH_HOME: server.home,
    PORT: '0',
    WORKER_PORT: '0',
    DATABASE_URL: login,
    DATABASE_PRIVILEGED_URL: privileged,
    DATABASE_QUEUE_URL: queue,
    GIT_CACHE_DIRECTORY: join(folder, 'mirrors'),
    QUEUE_LEASE_MS: '4000',
    QUEUE_HEARTBEAT_MS: '1000',
    QUEUE_POLL_INTERVAL_MS: '200',
    RUN_MAX_PER_ORGANIZATION: '1000',
    MODEL_BASE_URL: model.url,
    MODEL_DEFAULT: 'steady',
    MODEL_PRICES: '{"steady":{"inputMicrosPerMillionTokens":1000000,"outputMicrosPerMillionTokens":3000000}}',
    CHAOS_CHARGES: chargesFile(),
  };
}

/** An organization with agents of its own and those of a repository. */
async function party(url: string, name: string, gitUrl: string): Promise<Party> {
  const organization = await ChaosOrganization.register(url, server.home, name);
  for (const agent of AGENTS) await organization.write(agent);
  return { organization, gitAgents: await organization.readRepository(gitUrl) };
}

it(`the mix took place: ${RUNS} runs, every kind in both organizations, and a worker that was killed again and again`, () => {
  const { started, charges, model: counts } = evidence;
  expect(started).toHaveLength(RUNS);
  expect(new Set(started.map(({ kind, organization }) => `${kind.name} ${organization.id}`)).size).toBe(KINDS.length * 2);
  expect(killer.kills.length).toBeGreaterThanOrEqual(4);
  expect(started.filter(({ cancelled }) => cancelled).length).toBeGreaterThan(10);
  expect(charges.length).toBeGreaterThan(20);
  expect(counts.unanswered.length).toBeGreaterThan(10);
  expect(interrupted(evidence).length).toBeGreaterThan(0);
});

it('every run is in the state that its kind ends in, but for those that a kill caught in a call whose end nobody knows', () => {
  expect(wrongEndings(evidence)).toEqual([]);
});

it('no call of the model was carried out twice, and each whose answer never arrived says so', () => {
  expect(wrongCalls(evidence)).toEqual([]);
});

it('no side effect took place twice, and each that took place is told by its step', () => {
  expect(wrongCharges(evidence)).toEqual([]);
});

it('steps and events of every run are numbered without gaps, and none is left open', () => {
  expect(wrongNumbers(evidence)).toEqual([]);
});

it('what a run used is the sum of its steps, and what an organization used the sum of its runs', async () => {
  expect(wrongUse(evidence)).toEqual([]);
  for (const organization of new Set(evidence.started.map((run) => run.organization))) {
    const runs = evidence.ledger.runs.filter(({ org_id }) => org_id === organization.id);
    const tokens = sum(runs.map(({ total_tokens }) => total_tokens));
    const costMicros = sum(runs.map(({ cost_micros }) => cost_micros));
    expect(tokens * costMicros).toBeGreaterThan(0);
    expect(await organization.ask(200, 'GET', '/v1/usage/current')).toMatchObject({ runs: runs.length, tokens, costMicros });
  }
});

it("no row of one organization names another's ids", async () => {
  const { strangers, rows } = await strangersIn(server.urls.admin);
  expect(strangers).toEqual([]);
  expect(rows).toBeGreaterThan(RUNS * 5);
});

it('each of these checks finds what it looks for', () => {
  const { ledger, charges, model: counts } = evidence;
  const [run] = ledger.runs.filter(({ status }) => status === 'COMPLETED');
  const [step] = ledger.steps.filter(({ type, status }) => type === 'MODEL' && status === 'COMPLETED');
  const [charge] = charges;
  if (run === undefined || step === undefined || charge === undefined) throw new Error('The mix was too small.');
  const failed = { ...ledger, runs: ledger.runs.map((row) => (row.id === run.id ? { ...row, status: 'FAILED', error_code: 'INTERNAL' } : row)) };
  const dearer = { ...ledger, runs: ledger.runs.map((row) => (row.id === run.id ? { ...row, total_tokens: row.total_tokens + 1 } : row)) };
  const gap = { ...ledger, steps: ledger.steps.filter(({ id }) => id !== step.id) };
  const doctored = (change: Partial<Evidence>): Evidence => ({ ...evidence, ...change });
  expect(wrongNumbers(doctored({ ledger: failed }))).toHaveLength(1);
  expect(wrongNumbers(doctored({ ledger: gap }))).toHaveLength(1);
  expect(wrongUse(doctored({ ledger: dearer }))).toHaveLength(1);
  expect(wrongCharges(doctored({ charges: [...charges, charge] })).length).toBeGreaterThan(0);
  expect(wrongCalls(doctored({ model: { ...counts, carriedOut: { ...counts.carriedOut, [step.id]: 2 } } }))).toHaveLength(2);
  expect(wrongCalls(doctored({ model: { ...counts, unanswered: [...counts.unanswered, step.id] } }))).toHaveLength(1);
  expect(wrongEndings(doctored({ started: evidence.started.map((begun) => ({ ...begun, cancelled: true })) })).length).toBeGreaterThan(100);
});
