/**
 * The queue's figures, all in the default configuration of a worker, on the embedded PostgreSQL with full durability.
 *   npm run build && node bench/queue.mjs [--short]
 * --short leaves out the killed worker, which takes a lease (15 s).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';

process.env.LOG_LEVEL ??= 'error';
const root = join(fileURLToPath(import.meta.url), '../..');
const load = (path) => import(pathToFileURL(join(root, 'dist/libs', path)).href);
await import('reflect-metadata');
const { newId, openDatabase } = await load('database/src/index.js');
const { joinEmbeddedServer } = await load('database/src/embedded/index.js');
const { runMigrations } = await load('database/src/migrations/run.js');
const { createQueueWorker, DEFAULT_QUEUE_OPTIONS, defineCatalogue, defineJob, enqueue, enqueueMany } = await load('queue/src/index.js');
const { hold } = await load('queue/src/testing/jobs.js');

const THROUGHPUT_JOBS = 20_000;
const SAMPLES = 300;
const BURST = 10_000;

/** New for each run, so that the schema is today's and no earlier run has left anything. */
const name = `bench_queue_${Date.now()}`;
const server = await joinEmbeddedServer({ home: '.plinth/bench', database: name });
const { urls } = server;
await runMigrations(urls.owner);
const admin = new pg.Client(urls.admin);
await admin.connect();
const database = await openDatabase({ urls });

const noop = defineJob({ kind: 'noop', payload: {} });
const short = defineJob({ kind: 'short', payload: {} });
const silent = { child: () => silent, warn() {}, error() {}, info() {}, debug() {} };
const clear = () => admin.query('truncate app.job, app.system_job');
const median = (values) => quantile(values, 0.5);
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const many = (count) => Array.from({ length: count }, () => ({ payload: {} }));
const put = (orgId, job, count = 1) => database.tenant(orgId).transaction((tx) => (count === 1 ? enqueue(tx, job, {}) : enqueueMany(tx, job, many(count))));
const print = (what, figure, goal) => console.log(`${what.padEnd(72)} ${figure.padStart(34)}   goal ${goal}`);

/** A worker whose handlers call `began` with the organization and the time. */
async function startWorker(began) {
  const worker = createQueueWorker({
    database,
    catalogue: defineCatalogue(noop, short),
    handlers: {
      noop: { handle: async ({ db }) => began(db.orgId, performance.now()) },
      short: {
        handle: ({ db }) => {
          began(db.orgId, performance.now());
          return new Promise((resolve) => setTimeout(resolve, 5));
        },
      },
    },
    logger: silent,
  });
  await worker.start();
  return worker;
}

async function throughput(organizations) {
  await clear();
  const orgs = Array.from({ length: organizations }, () => newId());
  for (const orgId of orgs) await put(orgId, noop, THROUGHPUT_JOBS / organizations);
  const startedAt = performance.now();
  const worker = await startWorker(() => {});
  while (worker.stats.done < THROUGHPUT_JOBS) await new Promise((resolve) => setTimeout(resolve, 5));
  const perSecond = THROUGHPUT_JOBS / ((performance.now() - startedAt) / 1_000);
  await worker.drain();
  print(`no-op jobs started and removed a second, ${THROUGHPUT_JOBS} of ${organizations} organization(s)`, `${Math.round(perSecond)}/s`, '>= 5,000/s');
}

async function commitToStart() {
  await clear();
  let started;
  const worker = await startWorker((_, at) => started(at));
  const samples = [];
  for (let index = 0; index < SAMPLES; index++) {
    const start = new Promise((resolve) => (started = resolve));
    await put(newId(), noop);
    const committedAt = performance.now();
    samples.push(Math.max(0, (await start) - committedAt));
  }
  await worker.drain();
  print(
    `commit to start, ${SAMPLES} single jobs, p50 / p95 / max`,
    `${median(samples).toFixed(2)} / ${quantile(samples, 0.95).toFixed(2)} / ${Math.max(...samples).toFixed(2)} ms`,
    'p50 <= 3 ms',
  );
}

async function loneJob() {
  await clear();
  const crowd = newId();
  const waits = new Map();
  const worker = await startWorker((orgId, at) => waits.get(orgId)?.(at));
  await put(crowd, short, BURST);
  const samples = [];
  for (let index = 0; index < 20; index++) {
    const lone = newId();
    const start = new Promise((resolve) => waits.set(lone, resolve));
    await put(lone, short);
    const committedAt = performance.now();
    samples.push(Math.max(0, (await start) - committedAt));
  }
  const left = (await admin.query("select count(*)::int as n from app.job where state = 'READY'")).rows[0].n;
  await clear();
  await worker.drain();
  print(
    `a lone job behind ${BURST} of 5 ms of another organization (${left} left), p50 / max`,
    `${median(samples).toFixed(1)} / ${Math.max(...samples).toFixed(1)} ms`,
    '<= 50 ms',
  );
}

async function enqueueing() {
  const time = async (count) => {
    await clear();
    const startedAt = performance.now();
    await put(newId(), noop, count);
    return performance.now() - startedAt;
  };
  const repeat = async (count) => median([await time(count), await time(count), await time(count), await time(count), await time(count)]);
  await time(BURST / 10);
  const small = await repeat(BURST / 10);
  const large = await repeat(BURST);
  print(`enqueuing ${BURST / 10} / ${BURST} in one transaction`, `${small.toFixed(0)} / ${large.toFixed(0)} ms (x${(large / small).toFixed(1)})`, 'about x10');
}

async function killedWorker() {
  await clear();
  const { leaseMs } = DEFAULT_QUEUE_OPTIONS;
  const env = { ...process.env, LONE_WORKER_URLS: JSON.stringify({ login: urls.login, queue: urls.queue }), LONE_WORKER_LEASE_MS: String(leaseMs) };
  const child = spawn(process.execPath, [join(root, 'dist/libs/queue/src/testing/lone-worker.js')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const began = once(child.stdout, 'data');
  await put(newId(), hold);
  await began;
  let restarted;
  const restart = new Promise((resolve) => (restarted = resolve));
  const worker = createQueueWorker({
    database,
    catalogue: defineCatalogue(hold),
    handlers: { hold: { handle: async () => restarted(performance.now()) } },
    logger: silent,
  });
  await worker.start();
  child.kill('SIGKILL');
  const killedAt = performance.now();
  const seconds = ((await restart) - killedAt) / 1_000;
  await worker.drain();
  print(`a killed worker's job starts again, lease ${leaseMs / 1_000} s`, `${seconds.toFixed(1)} s`, `<= ${leaseMs / 1_000 + 2} s`);
}

async function dropDatabase() {
  const url = new URL(urls.admin);
  url.pathname = '/postgres';
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(`drop database ${name} with (force)`);
  await client.end();
}

console.log(`worker: ${JSON.stringify(DEFAULT_QUEUE_OPTIONS)}`);
console.log((await admin.query('select version()')).rows[0].version, `fsync ${(await admin.query('show fsync')).rows[0].fsync}, Node ${process.version}`);
try {
  await throughput(1);
  await throughput(20);
  await commitToStart();
  await loneJob();
  await enqueueing();
  if (!process.argv.includes('--short')) await killedWorker();
} finally {
  await database.close();
  await admin.end();
  await dropDatabase();
  await server.release();
}
