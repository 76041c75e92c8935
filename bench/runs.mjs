/**
 * Runs of agents, as fast as this machine takes them: a model call, a value written, a model call. The model answers at once, so that
 * what is measured is the engine, the queue and PostgreSQL with full durability.
 *   npm run build && node bench/runs.mjs [--runs 600] [--organizations 4] [--samples 100] [--concurrency 10]
 * Prints runs a second, the time from start() to the first step, and the statements of one run.
 */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';

process.env.LOG_LEVEL ??= 'error';
const root = join(fileURLToPath(import.meta.url), '../..');
const load = (path) => import(pathToFileURL(join(root, 'dist/libs', path)).href);
await import('reflect-metadata');
const { newId, openDatabase, RunsConfig } = await load('database/src/index.js');
const { joinEmbeddedServer } = await load('database/src/embedded/index.js');
const { runMigrations } = await load('database/src/migrations/run.js');
const { createQueueWorker, defineCatalogue } = await load('queue/src/index.js');
const { runAdvance, RunEngine, RunsService, ToolRegistry } = await load('runs/src/index.js');
const { RunWatch } = await load('runs/src/engine/run-watch.js');
const { storedAgents } = await load('runs/src/persistence/agent-source.js');

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '600' },
    organizations: { type: 'string', default: '4' },
    samples: { type: 'string', default: '100' },
    concurrency: { type: 'string', default: '10' },
  },
});
const RUNS = Number(values.runs);

/** New for each run, so that the schema is today's and no earlier run has left anything. */
const name = `bench_runs_${Date.now()}`;
const server = await joinEmbeddedServer({ home: join(root, '.plinth/bench'), database: name });
const { urls } = server;
await runMigrations(urls.owner);
const admin = new pg.Client(urls.admin);
await admin.connect();
const database = await openDatabase({ urls });
const config = Object.assign(new RunsConfig(), { maxPerOrganization: 100_000 });
const silent = { child: () => silent, warn() {}, error() {}, info() {}, debug() {} };

/** Calls write_data once, then says that it is done. */
const model = {
  async complete({ messages }) {
    const isDone = messages.some(({ role }) => role === 'tool');
    const call = { id: 'call_1', name: 'write_data', arguments: '{"key":"k","value":1}' };
    return {
      content: isDone ? 'Done.' : null,
      toolCalls: isDone ? [] : [call],
      finishReason: isDone ? 'stop' : 'tool_calls',
      usage: { inputTokens: 100, outputTokens: 20, isEstimate: false },
      costMicros: 0,
      model: 'stub',
    };
  },
};
const organizations = [];
for (let index = 0; index < Number(values.organizations); index++) organizations.push(await makeOrganization());
const watch = new RunWatch(database);

// What autovacuum does within a minute: a plan made while the tables were empty reads all of them, and is kept until they are analyzed.
await startAndFinish(400);
await admin.query('analyze');
await throughput();
await startToFirstStep();
await statements();
await watch.close();
await database.close();
await admin.end();
await dropDatabase();
await server.release();

async function makeOrganization() {
  const orgId = newId();
  const userId = newId();
  await admin.query(`insert into app."user" (id, email, name) values ($1, $2, 'Bench')`, [userId, `${userId}@example.test`]);
  await admin.query(`insert into app.organization (id, name, slug, created_by) values ($1, 'Bench', $2, $3)`, [orgId, orgId, userId]);
  await admin.query(`insert into app.agent (org_id, id, name, tools) values ($1, $2, 'bench', '{write_data}')`, [orgId, newId()]);
  return orgId;
}

async function startWorker(used = model) {
  const engine = new RunEngine({ model: used, tools: new ToolRegistry(), agents: storedAgents, defaultModel: 'stub', database, watch });
  const worker = createQueueWorker({
    database,
    catalogue: defineCatalogue(runAdvance),
    handlers: { 'run.advance': { handle: ({ payload, ...work }) => engine.advance({ ...work, ...payload }) } },
    options: { concurrency: Number(values.concurrency) },
    logger: silent,
  });
  await worker.start();
  return worker;
}

/** Starts runs, `lanes` at a time, each lane with a connection of its own as a request has one. */
async function start(count, lanes = 8) {
  let left = count;
  const lane = async () => {
    while (left-- > 0) {
      const runs = new RunsService(database.tenant(organizations[left % organizations.length]), config, storedAgents);
      await runs.start({ agent: { name: 'bench' }, prompt: 'Go.' });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function startAndFinish(count) {
  const worker = await startWorker();
  const startedAt = performance.now();
  await start(count);
  while (worker.stats.done < count) await new Promise((resolve) => setTimeout(resolve, 5));
  const seconds = (performance.now() - startedAt) / 1_000;
  await worker.drain();
  return count / seconds;
}

async function throughput() {
  print(`runs of 3 steps a second, started and carried out meanwhile (${RUNS})`, `${Math.round(await startAndFinish(RUNS))}/s`, '>= 200/s');
  await start(RUNS);
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const worker = await startWorker();
  while (worker.stats.done < RUNS) await new Promise((resolve) => setTimeout(resolve, 5));
  print(`runs of 3 steps a second, carried out only (${RUNS})`, `${Math.round(RUNS / ((performance.now() - startedAt) / 1_000))}/s`, '');
  const { user, system } = process.cpuUsage(cpuBefore);
  print('processor time of the worker for one run', `${((user + system) / 1_000 / RUNS).toFixed(2)} ms`, '');
  await worker.drain();
  const { rows } = await admin.query(`select status, step_count, count(*)::int as runs from app.run group by 1, 2`);
  if (rows.length !== 1 || rows[0].status !== 'COMPLETED' || rows[0].step_count !== 3) throw new Error(`Not every run completed: ${JSON.stringify(rows)}`);
}

async function startToFirstStep() {
  let began;
  const worker = await startWorker({
    complete: (request) => {
      began(performance.now());
      return model.complete(request);
    },
  });
  const samples = [];
  for (let index = 0; index < Number(values.samples); index++) {
    const first = new Promise((resolve) => (began = resolve));
    const startedAt = performance.now();
    await start(1, 1);
    samples.push((await first) - startedAt);
    while (worker.load.running > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await worker.drain();
  const sorted = samples.sort((a, b) => a - b);
  const at = (q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))].toFixed(1);
  print(`start() to the call of the first step, p50 / p95 / max`, `${at(0.5)} / ${at(0.95)} / ${at(1)} ms`, 'p50 <= 20 ms');
}

/** What one run sends on the tenants' connections; claiming and settling are shared by many. */
async function statements() {
  const worker = await startWorker();
  const [pool] = database.pools;
  let sent = 0;
  let trips = 0;
  const acquire = pool.acquire.bind(pool);
  pool.acquire = async () => {
    const lease = await acquire();
    const send = lease.wire.send.bind(lease.wire);
    return Object.create(lease, {
      wire: { value: Object.create(lease.wire, { send: { value: (batch) => (trips++, (sent += batch.length), send(batch)) }, ...passed(lease.wire) }) },
      release: { value: (error) => lease.release(error) },
    });
  };
  await start(1, 1);
  const starting = { sent, trips };
  while (worker.load.running > 0 || worker.stats.done < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  await worker.drain();
  print('round trips of one run on its organization: starting it, carrying it out', `${starting.trips}, ${trips - starting.trips}`, '');
  pool.acquire = acquire;
}

/** The properties of a wire that live behind private fields. */
function passed(wire) {
  return Object.fromEntries(
    ['brokenBy', 'transactionStatus'].map((key) => [key, { get: () => wire[key] }]).concat([['forget', { value: (batch) => wire.forget(batch) }]]),
  );
}

async function dropDatabase() {
  const url = new URL(urls.admin);
  url.pathname = '/postgres';
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(`drop database ${name} with (force)`);
  await client.end();
}

function print(what, figure, goal) {
  console.log(`${what.padEnd(78)} ${figure.padStart(24)}${goal === '' ? '' : `   goal ${goal}`}`);
}
