import { newId, type Database } from '#database';
import { createOrganization, createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { TasksService, UsageService } from '#runs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createWorker } from '../src/create-worker.js';

const before = { ...process.env };
let test: TestDatabase;
let database: Database;
let app: NestFastifyApplication;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await test.open();
  const { login, privileged, queue } = test.urls;
  Object.assign(process.env, {
    NODE_ENV: 'test',
    DATABASE_URL: login,
    DATABASE_PRIVILEGED_URL: privileged,
    DATABASE_QUEUE_URL: queue,
    LOG_LEVEL: 'silent',
    QUEUE_POLL_INTERVAL_MS: '100',
  });
  app = await createWorker();
  await app.init();
});
afterAll(async () => {
  await app?.close();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await test?.drop();
});

/** Waits until `look` finds something. */
async function found<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error('Waited in vain.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('a task becomes a run, the run ends it, and its usage is counted', async () => {
  const { orgId } = await createOrganization(test);
  const db = database.tenant(orgId);
  const agentId = newId();
  await db.execute(`insert into app.agent (org_id, id, name) values (:orgId, :agentId, 'Helper')`, { agentId });
  const tasks = new TasksService(db);
  const { id } = await tasks.create({ agentId, title: 'Report', input: { prompt: 'Write it.' } });
  const task = await found(async () => {
    const now = await tasks.get(id);
    return now.status === 'COMPLETED' ? now : undefined;
  });
  expect(task).toMatchObject({ attempts: 1, output: { text: expect.stringContaining('offline') } });
  const before = await new UsageService(db).current();
  expect(before).toMatchObject({ runs: 1, runsByStatus: { COMPLETED: 1 } });

  // What the schedule does each minute.
  await withAdmin(test.urls.admin, (admin) =>
    admin.query(`insert into app.system_job (id, kind, payload, max_attempts) values ($1, 'usage.scan', '{}', 1) on conflict do nothing`, [newId()]),
  );
  await found(async () => (await db.query('select id from app.run where org_id = :orgId and usage_counted_at is not null'))[0]);
  expect(await new UsageService(db).current()).toEqual(before);
});
