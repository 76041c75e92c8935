import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { embeddedHome, joinEmbeddedServer, stopServer, type EmbeddedServer } from '#database/embedded';
import { withAdmin } from '#database/testing';
import { RecordedLoad } from './support/recorded-load.js';
import { ServiceProcess, statusOf, until } from './support/service-process.js';

const TIMEOUT_MS = 120_000;
const LEASE_MS = 2_000;
const AGENTS = 12;

let folder: string;
let server: EmbeddedServer;
let api: ServiceProcess;
let worker: ServiceProcess;
let load: RecordedLoad;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plinth-crash-'));
  chmodSync(folder, 0o711);
  server = await joinEmbeddedServer({ home: join(folder, 'home'), durability: 'full', name: 'crash test' });
  api = startApi({ DATABASE_OWNER_URL: server.urls.owner, ENABLE_AUTO_MIGRATION: 'true' });
  load = new RecordedLoad(() => api.url, server.home, repositoryOfAgents());
  await load.register(['ada', 'bob', 'cyd']);
  worker = startWorker();
  await worker.url;
}, TIMEOUT_MS);

afterAll(async () => {
  await load?.stop();
  await Promise.all([api?.end('SIGKILL'), worker?.end('SIGKILL')]);
  await server?.release();
  if (server !== undefined) await stopServer(embeddedHome(server.home), { force: true });
  rmSync(folder, { recursive: true, force: true });
}, TIMEOUT_MS);

/** What both services are given: runtime logins only, and a queue that notices a dead worker soon. */
function variables(): Record<string, string> {
  const { login, privileged, queue } = server.urls;
  return {
    NODE_ENV: 'test',
    PLINTH_HOME: server.home,
    PORT: '0',
    WORKER_PORT: '0',
    DATABASE_URL: login,
    DATABASE_PRIVILEGED_URL: privileged,
    GIT_CACHE_DIRECTORY: join(folder, 'mirrors'),
    DATABASE_QUEUE_URL: queue,
    QUEUE_LEASE_MS: String(LEASE_MS),
    QUEUE_HEARTBEAT_MS: '500',
    QUEUE_POLL_INTERVAL_MS: '200',
  };
}

const startApi = (more: Readonly<Record<string, string>> = {}): ServiceProcess => new ServiceProcess('api', { ...variables(), ...more });
const startWorker = (): ServiceProcess => new ServiceProcess('worker', variables());

function repositoryOfAgents(): string {
  const path = join(folder, 'source');
  const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.test', ...args], { stdio: 'pipe' });
  git('init', '--quiet', '-b', 'main', path);
  for (let index = 0; index < AGENTS; index += 1) writeFileSync(join(path, `agent-${index}.md`), `---\nname: agent-${index}\n---\nYou help.\n`);
  git('-C', path, 'add', '--all');
  git('-C', path, 'commit', '--quiet', '-m', 'Add');
  return pathToFileURL(path).href;
}

const look = <R extends object>(text: string): Promise<R[]> => withAdmin(server.urls.admin, async (admin) => (await admin.query<R>(text)).rows);

async function runningJobs(): Promise<number> {
  const [row] = await look<{ n: number }>(`select count(*)::int as n from app.job where state = 'RUNNING'`);
  return row?.n ?? 0;
}

const moreAcknowledged = (by: number): Promise<number> => {
  const wanted = load.acknowledged + by;
  return until(`${by} more writes are acknowledged`, 30_000, () => load.acknowledged >= wanted);
};

/** Everything that was acknowledged is shown by the API, and nothing was answered that an outage does not explain. */
async function expectNothingLost(): Promise<void> {
  expect(load.wrong).toEqual([]);
  for (const person of load.people) {
    const shown = await load.shownTo(person);
    expect(load.created.get(person.name)?.filter((id) => !shown.has(id))).toEqual([]);
  }
}

/** No job waits or runs for ever: each is done, or dead with all its attempts used. What was promised to be synced is. */
async function expectEveryJobToEnd(withinMs = 60_000): Promise<void> {
  await until(
    'every job has ended',
    withinMs,
    async () => (await look(`select 1 from app.job where state <> 'DEAD' union all select 1 from app.system_job where state = 'RUNNING'`)).length === 0,
  );
  expect(await look(`select last_error from app.job where state = 'DEAD' and attempts < max_attempts`)).toEqual([]);
  const dead = (await look<{ id: string }>(`select payload ->> 'repositoryId' as id from app.job where state = 'DEAD'`)).map(({ id }) => id);
  for (const person of load.people) {
    const shown = await load.shownTo(person);
    const promised = [...load.syncsAccepted].filter((id) => shown.has(id) && !dead.includes(id));
    expect(promised.filter((id) => shown.get(id) !== 'success').map((id) => [id, shown.get(id)])).toEqual([]);
  }
  const agents = await look<{ n: number }>('select distinct count(*)::int as n from app.git_agent where is_active group by agent_repository_id');
  expect(agents).toEqual([{ n: AGENTS }]);
}

it(
  'kill -9 of the API loses nothing that it had acknowledged',
  async () => {
    load.start();
    await moreAcknowledged(20);
    await api.end('SIGKILL');
    api = startApi();
    await moreAcknowledged(20);
    await load.stop();
    expect(load.refused).toBeGreaterThan(0);
    await expectNothingLost();
    await expectEveryJobToEnd();
  },
  TIMEOUT_MS,
);

it(
  'kill -9 of the worker in the middle of jobs: another one ends them',
  async () => {
    await load.syncAll(6);
    await until('several jobs run', 10_000, async () => (await runningJobs()) > 2);
    await worker.end('SIGKILL');
    const orphaned = await runningJobs();
    expect(orphaned).toBeGreaterThan(0);
    worker = startWorker();
    await worker.url;
    // Well below what a lock left behind would hold for: neither the queue nor the mirror waits for the dead.
    await expectEveryJobToEnd(LEASE_MS + 15_000);
    await expectNothingLost();
  },
  TIMEOUT_MS,
);

const health = async (path: string): Promise<number[]> => Promise.all([api, worker].map(async (service) => statusOf(`${await service.url}/health/${path}`)));

async function bothReady(): Promise<number> {
  return until('both services are ready again', 20_000, async () => (await health('ready')).every((status) => status === 200));
}

it(
  'kill -9 of PostgreSQL: both services say so within 2 s, stay alive, come back by themselves, and nothing is lost',
  async () => {
    const { supervisorPid, postgresPid } = server.facts;
    load.start();
    await moreAcknowledged(10);
    await load.syncAll(3);
    process.kill(supervisorPid, 'SIGSTOP');
    try {
      process.kill(postgresPid, 'SIGKILL');
      const noticed = await until('both services are not ready', 5_000, async () => (await health('ready')).every((status) => status === 503));
      expect(noticed).toBeLessThan(2_000);
      const refused = load.refused;
      await until('writes are refused meanwhile', 5_000, () => load.refused > refused + 5);
      expect(await health('live')).toEqual([200, 200]);
    } finally {
      process.kill(supervisorPid, 'SIGCONT');
    }
    await bothReady();
    await moreAcknowledged(10);
    await load.stop();
    expect(server.facts.postgresPid).not.toBe(postgresPid);
    await expectNothingLost();
    await expectEveryJobToEnd();
  },
  TIMEOUT_MS,
);

it(
  'a restart of PostgreSQL as an operator does it, in the middle of work',
  async () => {
    const { postgresPid } = server.facts;
    load.start();
    await moreAcknowledged(10);
    await load.syncAll(3);
    // What `pg_ctl restart` sends first: a fast shutdown. The supervisor starts it again.
    process.kill(postgresPid, 'SIGINT');
    await until('PostgreSQL runs again', 20_000, () => server.facts.postgresPid !== postgresPid);
    await bothReady();
    expect(await health('live')).toEqual([200, 200]);
    await moreAcknowledged(10);
    await load.stop();
    await expectNothingLost();
    await expectEveryJobToEnd();
  },
  TIMEOUT_MS,
);

it(
  'the processes that lived through it all still stop cleanly',
  async () => {
    expect(await Promise.all([api.end('SIGTERM'), worker.end('SIGTERM')])).toEqual([0, 0]);
    expect(await look(`select usename from pg_stat_activity where usename like 'app\\_%'`)).toEqual([]);
  },
  TIMEOUT_MS,
);
