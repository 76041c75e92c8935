/**
 * How long an event of a run takes from its commit to whoever follows the run over HTTP, with 1 and with 1,000 listeners, in the
 * default configuration of an API, on the embedded PostgreSQL with full durability. The clients have a thread of their own.
 *   npm run build && node bench/run-events.mjs
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import pg from 'pg';

process.env.LOG_LEVEL ??= 'error';

const EVENTS = 200;
const LISTENERS = [1, 1_000];

if (isMainThread) await main();
else await listen(workerData);

async function main() {
  const root = join(fileURLToPath(import.meta.url), '../..');
  const load = (path) => import(pathToFileURL(join(root, 'dist', path)).href);
  await import('reflect-metadata');
  const { newId } = await load('libs/database/src/index.js');
  const { joinEmbeddedServer } = await load('libs/database/src/embedded/index.js');
  const { runMigrations } = await load('libs/database/src/migrations/run.js');
  const { AccountsService, SessionsService } = await load('libs/identity/src/index.js');
  const { createApi } = await load('apps/api/src/http/create-api.js');

  /** New for each run, so that the schema is today's and no earlier run has left anything. */
  const name = `bench_run_events_${Date.now()}`;
  const server = await joinEmbeddedServer({ home: '.plinth/bench', database: name });
  const { urls } = server;
  await runMigrations(urls.owner);
  const home = await mkdtemp(join(tmpdir(), 'plinth-bench-'));
  Object.assign(process.env, {
    NODE_ENV: 'test',
    PLINTH_HOME: home,
    DATABASE_URL: urls.login,
    DATABASE_PRIVILEGED_URL: urls.privileged,
  });
  const admin = new pg.Client(urls.admin);
  await admin.connect();
  const app = await createApi();
  try {
    await app.listen(0, '127.0.0.1');
    const account = { email: 'bench@example.test', password: 'a long password', name: 'Bench', organizationName: 'Bench' };
    const owner = await app.get(AccountsService).create(account);
    const { token } = await app.get(SessionsService).open({ ...owner, role: 'OWNER' }, { ip: null, userAgent: null });
    console.log((await admin.query('select version()')).rows[0].version, `fsync ${(await admin.query('show fsync')).rows[0].fsync}, Node ${process.version}`);
    for (const listeners of LISTENERS) {
      const runId = newId();
      await admin.query(`insert into app.run (org_id, id, agent_name, initial_prompt) values ($1, $2, 'bench', 'x')`, [owner.orgId, runId]);
      const facts = { url: `${await app.getUrl()}/v1/runs/${runId}/events`, token, listeners, orgId: owner.orgId, runId, admin: urls.admin };
      const { latencies, connections } = await inThread(facts);
      const figures = [0.5, 0.99, 1].map((q) => quantile(latencies, q).toFixed(1)).join(' / ');
      const what = `commit to client, ${EVENTS} events, ${listeners} listener(s), ${connections} listening connection(s), p50 / p99 / max`;
      console.log(`${what.padEnd(105)} ${figures.padStart(22)} ms`);
    }
  } finally {
    await app.close();
    await admin.end();
    await dropDatabase(urls.admin, name);
    await server.release();
    await rm(home, { recursive: true, force: true });
  }
}

function inThread(facts) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: facts });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

/** Opens the streams, commits one event after another, each when all have the one before, and takes the time of each arrival. */
async function listen({ url, token, listeners, orgId, runId, admin: adminUrl }) {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  const agent = new Agent({ maxSockets: Infinity });
  const arrivals = [];
  let arrived = () => {};
  const open = () =>
    new Promise((resolve, reject) => {
      const request = get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
        response.setEncoding('utf8');
        response.on('data', (text) => {
          if (!text.includes('id: ')) return;
          arrivals.push(performance.now());
          if (arrivals.length === listeners) arrived();
        });
        response.on('error', () => {});
        resolve(request);
      });
      request.once('error', reject);
    });
  const requests = await Promise.all(Array.from({ length: listeners }, open));
  const count = `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'plinth-api listen'`;
  let connections = 0;
  // Listening begins with the first who follows, beside the answer.
  while (connections === 0) connections = (await admin.query(count)).rows[0].n;
  const latencies = [];
  for (let number = 1; number <= EVENTS; number++) {
    arrivals.length = 0;
    const all = new Promise((resolve) => (arrived = resolve));
    await admin.query(`insert into app.run_event (org_id, run_id, number, type, data) values ($1, $2, $3, 'STEP_STARTED', '{"type": "MODEL"}')`, [
      orgId,
      runId,
      number,
    ]);
    const committedAt = performance.now();
    await all;
    latencies.push(...arrivals.map((at) => Math.max(0, at - committedAt)));
  }
  for (const request of requests) request.on('error', () => {}).destroy();
  await admin.end();
  parentPort.postMessage({ latencies, connections });
}

function quantile(values, q) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
}

async function dropDatabase(adminUrl, name) {
  const url = new URL(adminUrl);
  url.pathname = '/postgres';
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(`drop database ${name} with (force)`);
  await client.end();
}
