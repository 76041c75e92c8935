import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AgentRepositoriesService, GitAgentsService, type AgentRepositoryView } from '#agents';
import { Agent, GitConfig, loadConfig, newId, RunsConfig, type Database } from '#database';
import { createOrganization, createTestDatabase, type TestDatabase } from '#database/testing';
import { RunsService, storedAgents, type RunView } from '#runs';
import { listen } from '#service';
import { createWorker } from '../src/create-worker.js';

const TOKEN = 'a-token-for-this-test-of-the-worker';
const before = { ...process.env };
let testDatabase: TestDatabase;
let database: Database;
let folder: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await testDatabase.open();
  folder = mkdtempSync(join(tmpdir(), 'plinth-worker-'));
  const { login, privileged, queue } = testDatabase.urls;
  Object.assign(process.env, {
    NODE_ENV: 'test',
    DATABASE_URL: login,
    DATABASE_PRIVILEGED_URL: privileged,
    DATABASE_QUEUE_URL: queue,
    HEALTH_TOKEN: TOKEN,
    GIT_CACHE_DIRECTORY: join(folder, 'mirrors'),
    LOG_LEVEL: 'silent',
    QUEUE_POLL_INTERVAL_MS: '100',
  });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await testDatabase.drop();
  rmSync(folder, { recursive: true, force: true });
});

function repositoryOfOneAgent(): string {
  const path = join(folder, 'source');
  const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.test', ...args], { stdio: 'pipe' });
  git('init', '--quiet', '-b', 'main', path);
  writeFileSync(join(path, 'helper.md'), '---\nname: helper\n---\nYou help.\n');
  git('-C', path, 'add', '--all');
  git('-C', path, 'commit', '--quiet', '-m', 'Add');
  return pathToFileURL(path).href;
}

async function ended(repositories: AgentRepositoriesService, id: string): Promise<AgentRepositoryView> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const view = await repositories.get(id);
    if (view.lastSyncStatus === 'success' || view.lastSyncStatus === 'failure') return view;
    if (Date.now() > deadline) throw new Error(`The sync did not end; it is "${view.lastSyncStatus}".`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the worker', () => {
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    app = await createWorker();
    url = await listen(app, { host: '127.0.0.1', port: 0, variable: 'WORKER_PORT' });
  });
  afterAll(() => app.close());

  it('reads a repository whose sync was asked for, for its organization only', async () => {
    const [mine, theirs] = [await createOrganization(testDatabase), await createOrganization(testDatabase)];
    const db = database.tenant(mine.orgId);
    const repositories = new AgentRepositoriesService(db, loadConfig(GitConfig));
    const { id } = await repositories.create({ name: 'agents', gitUrl: repositoryOfOneAgent() });
    await repositories.requestSync(id);

    expect(await ended(repositories, id)).toMatchObject({ lastSyncStatus: 'success', lastSyncErrors: [] });
    expect((await new GitAgentsService(db).list()).items).toEqual([expect.objectContaining({ name: 'helper', repositoryId: id })]);
    expect((await new GitAgentsService(database.tenant(theirs.orgId)).list()).items).toEqual([]);
  });

  it('records a repository that cannot be read, and the job is done', async () => {
    const { orgId } = await createOrganization(testDatabase);
    const db = database.tenant(orgId);
    const repositories = new AgentRepositoriesService(db, loadConfig(GitConfig));
    const { id } = await repositories.create({ name: 'missing', gitUrl: pathToFileURL(join(folder, 'nowhere')).href });
    await repositories.requestSync(id);
    expect(await ended(repositories, id)).toMatchObject({
      lastSyncStatus: 'failure',
      lastSyncErrors: [expect.objectContaining({ path: null, code: 'REPOSITORY_NOT_FOUND' })],
    });
    expect(await db.query("select state from app.job where org_id = :orgId and state = 'DEAD'")).toEqual([]);
  });

  it('carries out a run, with the offline model where no endpoint is configured', async () => {
    const { orgId } = await createOrganization(testDatabase);
    const db = database.tenant(orgId);
    await db.repository(Agent).insert({ id: newId(), name: 'helper' });
    const runs = new RunsService(db, new RunsConfig(), storedAgents);
    const { id } = await runs.start({ agent: { name: 'helper' }, prompt: 'Say hello.' });
    const deadline = Date.now() + 15_000;
    let run: RunView;
    do {
      await new Promise((resolve) => setTimeout(resolve, 20));
      run = await runs.get(id);
    } while (run.status !== 'COMPLETED' && Date.now() < deadline);
    expect(run).toMatchObject({ status: 'COMPLETED', stepCount: 1, output: { text: expect.stringMatching(/offline/i) } });
  });

  it('answers for its health on its own port', async () => {
    const anonymous = await fetch(`${url}/health`);
    expect(anonymous.status).toBe(200);
    expect(Object.keys((await anonymous.json()) as object)).toEqual(['status', 'database', 'version']);
    const full: unknown = await (await fetch(`${url}/health`, { headers: { authorization: `Bearer ${TOKEN}` } })).json();
    expect(full).toMatchObject({ status: 'ok', service: 'worker', checks: { queue: { status: 'up' } } });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${url}/anything`)).status).toBe(404);
  });
});
