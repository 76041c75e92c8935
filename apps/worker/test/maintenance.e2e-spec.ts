import { newId } from '#database';
import { createOrganization, createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createWorker } from '../src/create-worker.js';

const before = { ...process.env };
let test: TestDatabase;
let app: NestFastifyApplication;
let orgId: string;
let userId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  ({ orgId, userId } = await createOrganization(test));
  const { login, privileged, queue } = test.urls;
  Object.assign(process.env, {
    NODE_ENV: 'test',
    DATABASE_URL: login,
    DATABASE_PRIVILEGED_URL: privileged,
    DATABASE_QUEUE_URL: queue,
    LOG_LEVEL: 'silent',
    QUEUE_POLL_INTERVAL_MS: '100',
    AUDIT_RETENTION_DAYS: '90',
    API_CALL_RETENTION_DAYS: '30',
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

const sql = <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> =>
  withAdmin(test.urls.admin, async (admin) => (await admin.query<R>(text, [...values])).rows);

/** Of each kind one that is past its retention and one that is not; the first is called `old`, the second `young`. */
async function fill(): Promise<void> {
  // An id that says when it was made, which is how old refresh tokens are found.
  const idAt = (days: number): string => {
    const time = (Date.now() - days * 86_400_000).toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}${newId().slice(13)}`;
  };
  for (const [name, days] of [
    ['old', 100],
    ['young', 1],
  ] as const) {
    const after = name === 'old' ? '-1 hour' : '1 hour';
    await sql(`insert into app.refresh_token (id, user_id, org_id, token_hash, family_id, expires_at) values ($1, $2, $3, $4, $1, now() + $5::interval)`, [
      idAt(days),
      userId,
      orgId,
      name,
      after,
    ]);
    await sql(
      `insert into app.registration (id, email, name, password_hash, organization_name, token_hash, expires_at)
       values ($1, $2 || '@example.test', $2, 'x', 'x', $2, now() + $3::interval)`,
      [newId(), name, after],
    );
    await sql(
      `insert into app.one_time_token (id, user_id, purpose, email, token_hash, expires_at) values ($1, $2, 'RESET', 'a@example.test', $3, now() + $4::interval)`,
      [newId(), userId, name, after],
    );
    await sql(`insert into app.rate_limit (key, points, expire) values ($1, 1, (extract(epoch from now() + $2::interval) * 1000)::bigint)`, [name, after]);
    await sql(`insert into app.idempotency_key (org_id, route, key, request_hash, expires_at) values ($1, 'POST /x', $2, 'x', now() + $3::interval)`, [
      orgId,
      name,
      after,
    ]);
    await sql(
      `insert into app.api_call (org_id, id, method, route, status_code, duration_ms, request_id, created_at)
       values ($1, $2, 'GET', '/x', 200, 1, $3, now() - make_interval(days => $4))`,
      [orgId, newId(), name, days],
    );
    await sql(`insert into app.audit_log (org_id, id, actor_type, action, created_at) values ($1, $2, 'SYSTEM', $3, now() - make_interval(days => $4))`, [
      orgId,
      newId(),
      name,
      days,
    ]);
  }
}

/** What is left of what `fill` wrote. */
const left = async (): Promise<string[]> =>
  (
    await sql<{ found: string }>(
      `select 'refresh_token ' || token_hash as found from app.refresh_token union all select 'registration ' || token_hash from app.registration
       union all select 'one_time_token ' || token_hash from app.one_time_token union all select 'rate_limit ' || key from app.rate_limit
       union all select 'idempotency_key ' || key from app.idempotency_key union all select 'api_call ' || request_id from app.api_call
       union all select 'audit_log ' || action from app.audit_log order by 1`,
    )
  ).map(({ found }) => found);

const YOUNG = ['api_call', 'audit_log', 'idempotency_key', 'one_time_token', 'rate_limit', 'refresh_token', 'registration'].map((table) => `${table} young`);

/** Runs the job once, and answers its state: `undefined` once it is done. */
async function purged(): Promise<{ state: string; last_error: string } | undefined> {
  const id = newId();
  await sql(`insert into app.system_job (id, kind, payload, max_attempts) values ($1, 'maintenance.purge', '{}', 1)`, [id]);
  const deadline = performance.now() + 15_000;
  for (;;) {
    const [job] = await sql<{ state: string; last_error: string }>('select state, last_error from app.system_job where id = $1', [id]);
    if (job === undefined || job.state === 'DEAD') return job;
    if (performance.now() > deadline) throw new Error(`The job is still ${job.state}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('what is past its retention goes, what is not stays; a purge that fails says so and keeps none of the others from theirs', async () => {
  await fill();
  await sql('revoke delete on app.registration from app_auth');
  expect(await purged()).toMatchObject({ state: 'DEAD', last_error: expect.stringContaining('1 of the purges failed') });
  expect(await left()).toEqual([...YOUNG, 'registration old'].sort());
  await sql('grant delete on app.registration to app_auth');
  expect(await purged()).toBeUndefined();
  expect(await left()).toEqual(YOUNG);
});

it('runs every hour by itself', async () => {
  const schedules = await sql<{ kind: string; cron: string }>('select kind, cron from app.job_schedule order by kind');
  expect(schedules).toEqual(
    expect.arrayContaining([
      { kind: 'maintenance.purge', cron: '17 * * * *' },
      { kind: 'usage.scan', cron: '* * * * *' },
    ]),
  );
});
