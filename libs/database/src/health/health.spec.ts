import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import pg from 'pg';
import { FixtureServer } from '../config/fixtures/server.js';
import { acquireMigrationLock } from '../migrations/migration-lock.js';
import { Announcement } from '../migrations/runner/announce.js';
import { sessionOfClient } from '../migrations/runner/session.js';
import { runMigrations } from '../migrations/run.js';
import { bootstrapRoles } from '../roles/index.js';
import type { QueueLag, QueueProbe } from './checks/queue.check.js';
import type { Finding } from './finding.js';
import { HealthModule } from './health.module.js';

const TOKEN = 'health-token-of-this-spec-0123456789';
const ANSWERS_WITHIN_MS = 2_000;
const VARIABLES = ['DATABASE_URL', 'HEALTH_TOKEN', 'PLINTH_COMMIT', 'HEALTH_CHECK_TIMEOUT_MS', 'SCHEMA_FINGERPRINT_TTL_MS', 'SCHEMA_READINESS_GATES'];

interface Answer {
  readonly code: number;
  readonly body: Record<string, unknown> & { checks?: Record<string, Finding> };
  readonly tookMs: number;
}

describe('the health of a service', () => {
  let server: FixtureServer;
  let app: NestFastifyApplication;
  let address: string;
  let urls: { login: string; owner: string };
  let lag: QueueLag | Error;
  const before = new Map(VARIABLES.map((name) => [name, process.env[name]]));
  const queue: QueueProbe = {
    readLag: async () => {
      if (lag instanceof Error) throw lag;
      return lag;
    },
  };

  async function ask(path: string, token?: string): Promise<Answer> {
    const start = performance.now();
    const response = await fetch(`${address}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    return {
      code: response.status,
      body: (await response.json()) as Answer['body'],
      tookMs: performance.now() - start,
    };
  }

  const full = async (): Promise<Answer> => ask('/health', TOKEN);

  async function asAdmin(...statements: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: server.adminUrl });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  /** While another process says that it is at the third of seven migrations. */
  async function whileMigrating(timestamp: number, work: () => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: urls.owner });
    await client.connect();
    try {
      const session = sessionOfClient(client);
      await acquireMigrationLock(session);
      await new Announcement(session).say(3, 7, timestamp);
      await work();
    } finally {
      await client.end();
    }
  }

  async function start(): Promise<NestFastifyApplication> {
    const module = await Test.createTestingModule({ imports: [HealthModule.forRoot({ service: 'spec', queue })] }).compile();
    const application = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await application.listen(0, '127.0.0.1');
    return application;
  }

  /** Breaks something, looks, and mends it again. */
  async function whileBroken(breaking: string, mending: string): Promise<Answer> {
    await asAdmin(breaking);
    try {
      return await full();
    } finally {
      await asAdmin(mending);
    }
  }

  beforeAll(async () => {
    server = await FixtureServer.create();
    await server.start(null);
    const admin = new pg.Client({ connectionString: server.adminUrl });
    await admin.connect();
    const { passwords } = await bootstrapRoles(admin, { database: 'postgres' });
    await admin.end();
    const urlOf = (login: 'app_login' | 'app_owner'): string =>
      `postgres://${login}:${encodeURIComponent(passwords[login] ?? '')}@127.0.0.1:${server.port}/postgres`;
    urls = { login: urlOf('app_login'), owner: urlOf('app_owner') };
    Object.assign(process.env, {
      DATABASE_URL: urls.login,
      HEALTH_TOKEN: TOKEN,
      PLINTH_COMMIT: '0123abc',
      HEALTH_CHECK_TIMEOUT_MS: '1000',
      SCHEMA_FINGERPRINT_TTL_MS: '0',
    });
    app = await start();
    address = await app.getUrl();
  }, 60_000);

  beforeEach(() => {
    lag = { oldestDueSeconds: 0, due: 0, dead: 0 };
  });

  afterAll(async () => {
    await app.close();
    await server.remove();
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it('is not ready before the migrations ran, and says so apart from the database', async () => {
    const { code, body } = await full();
    expect(code).toBe(503);
    expect(body.checks).toMatchObject({
      database: { status: 'up' },
      migrations: { status: 'down', pending: expect.arrayContaining([expect.stringMatching(/^Initial/)]) },
      schema: { status: 'unknown', reason: expect.stringMatching(/^not judged: \d+ migrations have not run$/), gates: false },
    });
    expect((await ask('/health/ready')).code).toBe(503);
    expect((await ask('/health/live')).code).toBe(200);
  });

  it('says how far the process is that migrates, and is alive meanwhile', async () => {
    await whileMigrating(1795272000000, async () => {
      const { code, body } = await full();
      expect(code).toBe(503);
      expect(body.checks).toMatchObject({
        migrations: { status: 'down', reason: 'migrating 3 of 7: SchemaTools1795272000000', since: expect.any(String) },
        schema: { status: 'unknown', reason: 'not judged: migrating 3 of 7: SchemaTools1795272000000' },
      });
      expect((await ask('/health/ready')).code).toBe(503);
      expect((await ask('/health/live')).code).toBe(200);
    });
    expect((await full()).body.checks?.['migrations']?.reason).toMatch(/have not run/);
  });

  it('is ready once they did, without a restart', async () => {
    await runMigrations(urls.owner);
    const { code, body } = await full();
    expect(body).toEqual({
      status: 'ok',
      service: 'spec',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      commit: '0123abc',
      checks: {
        database: { status: 'up', latencyMs: expect.any(Number), serverVersion: expect.any(String), standby: false },
        migrations: { status: 'up', ran: expect.any(Number), pending: [], notOfThisBuild: [] },
        schema: {
          status: 'up',
          head: expect.stringMatching(/^[A-Z]\w+\d{13}$/),
          fingerprint: { security: expect.stringMatching(/^[0-9a-f]{12}$/), rest: expect.stringMatching(/^[0-9a-f]{12}$/) },
          objects: expect.any(Number),
        },
        queue: { status: 'up', lagSeconds: 0, due: 0, dead: 0 },
      },
    });
    expect(code).toBe(200);
    expect(await ask('/health/ready')).toMatchObject({ code: 200, body: { status: 'ok' } });
  });

  it.each([undefined, '', 'wrong', `${TOKEN}x`, TOKEN.slice(1)])('shows status, database availability and version only to the bearer %p', async (token) => {
    const { code, body } = await ask('/health', token);
    expect(code).toBe(200);
    expect(body).toEqual({ status: 'ok', database: 'up', version: expect.any(String) });
  });

  const breakages: [string, string, string, string][] = [
    ['a missing table', 'alter table app.rate_limit rename to gone', 'alter table app.gone rename to rate_limit', 'table:rate_limit is missing'],
    [
      'row security switched off',
      'alter table app.run disable row level security',
      'alter table app.run enable row level security',
      'row-security:run differs',
    ],
    ['FORCE taken away', 'alter table app.run no force row level security', 'alter table app.run force row level security', 'row-security:run differs'],
    [
      'a missing policy',
      'alter policy tenant_isolation on app.run rename to other',
      'alter policy other on app.run rename to tenant_isolation',
      'policy:run.tenant_isolation is missing',
    ],
    [
      'a policy opened to every row',
      'alter policy tenant_isolation on app.run using (true)',
      'alter policy tenant_isolation on app.run using (org_id = app.current_org_id())',
      'policy:run.tenant_isolation differs',
    ],
    [
      'a policy for another role',
      'alter policy tenant_isolation on app.run to public',
      'alter policy tenant_isolation on app.run to app_tenant',
      'policy:run.tenant_isolation differs',
    ],
    ['an extra policy', 'create policy evil on app.run using (true)', 'drop policy evil on app.run', 'policy:run.evil is extra'],
    [
      'a door into an organization that is everybody’s',
      'alter function app.enter_tenant(uuid, text, uuid, text, integer, integer, integer) security definer',
      'alter function app.enter_tenant(uuid, text, uuid, text, integer, integer, integer) security invoker',
      'function:enter_tenant(uuid, text, uuid, text, integer, integer, integer) differs',
    ],
    ['a login that may do more', 'alter role app_queue createdb', 'alter role app_queue nocreatedb', 'role:app_queue differs'],
  ];
  it.each(breakages)('goes down with %s', async (_name, breaking, mending, drift) => {
    const { code, body } = await whileBroken(breaking, mending);
    expect(code).toBe(503);
    expect(body).toMatchObject({ status: 'error', checks: { schema: { status: 'down', gates: true } } });
    expect(body.checks?.['schema']?.['drift']).toContain(drift);
    expect(body.checks?.['schema']?.reason).toContain(drift);
    expect((await full()).code).toBe(200);
  });

  const degradations: [string, string, string, string][] = [
    ['a stray grant', 'grant select on app.run to app_queue', 'revoke select on app.run from app_queue', 'grants:run differs'],
    ['a dropped index', 'drop index app.ix_run_session_id', 'create index ix_run_session_id on app.run (org_id, session_id)', 'table:run differs'],
    ['a table of somebody’s own', 'create table app.run_backup as select * from app.run', 'drop table app.run_backup', 'table:run_backup is extra'],
    [
      'a disabled trigger',
      'alter table app.run disable trigger touch_updated_at',
      'alter table app.run enable trigger touch_updated_at',
      'triggers:run differs',
    ],
  ];
  it.each(degradations)('is "degraded" and stays ready with %s', async (_name, breaking, mending, drift) => {
    const { code, body } = await whileBroken(breaking, mending);
    expect(code).toBe(200);
    expect(body).toMatchObject({ status: 'degraded', checks: { schema: { status: 'down', gates: false, drift: [drift], drifted: 1 } } });
    expect(body.checks?.['schema']?.reason).toContain('npm run schema:check');
    expect((await full()).body['status']).toBe('ok');
  });

  it('lets a stray grant keep traffic away where it is told to', async () => {
    process.env['SCHEMA_READINESS_GATES'] = 'grants:*';
    const strict = await start();
    await asAdmin('grant select on app.run to app_queue');
    const answer = await fetch(`${await strict.getUrl()}/health/ready`);
    await asAdmin('revoke select on app.run from app_queue');
    const mended = await fetch(`${await strict.getUrl()}/health/ready`);
    await strict.close();
    delete process.env['SCHEMA_READINESS_GATES'];
    expect([answer.status, mended.status]).toEqual([503, 200]);
  });

  it('does not start with a gate that names no part', async () => {
    process.env['SCHEMA_READINESS_GATES'] = 'policies:*';
    await expect(start()).rejects.toThrow(/SCHEMA_READINESS_GATES = "policies:\*": takes names such as policy:\*, .*row-security, policy, grants/);
    delete process.env['SCHEMA_READINESS_GATES'];
  });

  it('stays ready while a newer build migrates, and judges no schema that is half way', async () => {
    await asAdmin('create policy half_way on app.run using (true)');
    await whileMigrating(1999999999999, async () => {
      const { code, body } = await full();
      expect(code).toBe(200);
      expect(body).toMatchObject({
        status: 'ok',
        checks: { migrations: { status: 'up', migrating: 'migrating 3 of 7' }, schema: { status: 'up', judged: false, note: 'migrating 3 of 7' } },
      });
    });
    expect((await full()).code).toBe(503);
    await asAdmin('drop policy half_way on app.run');
  });

  it('takes a migration of a newer build as information', async () => {
    const { code, body } = await whileBroken(
      "insert into app.migration (timestamp, name) values (9999999999999, 'Newer9999999999999')",
      "delete from app.migration where name = 'Newer9999999999999'",
    );
    expect(code).toBe(200);
    expect(body['status']).toBe('ok');
    expect(body.checks?.['migrations']).toMatchObject({
      status: 'up',
      notOfThisBuild: ['Newer9999999999999'],
      note: 'schema is newer: this build does not know Newer9999999999999',
    });
    expect(body.checks?.['schema']).toEqual({ status: 'up', judged: false, note: expect.stringMatching(/^schema is newer: /) });
  });

  it('tells "could not look" from "wrong"', async () => {
    const { code, body } = await whileBroken('revoke select on app.migration from app_login', 'grant select on app.migration to app_login');
    expect(code).toBe(503);
    expect(body.checks?.['migrations']).toEqual({ status: 'unknown', reason: expect.stringMatching(/^42501: /) });
    expect(body.checks?.['schema']).toEqual({ status: 'unknown', reason: expect.stringMatching(/^42501: /) });
  });

  it('stays ready while somebody holds a lock on a table, and says that it could not look', async () => {
    const locker = new pg.Client({ connectionString: server.adminUrl });
    await locker.connect();
    await locker.query('begin');
    await locker.query('lock table app.run in access exclusive mode');
    const { code, body } = await full();
    await locker.end();
    expect(code).toBe(200);
    expect(body).toMatchObject({ status: 'degraded', checks: { schema: { status: 'unknown', reason: expect.stringMatching(/lock/) } } });
  });

  it('answers in time while a lock keeps a check waiting, and recovers', async () => {
    const locker = new pg.Client({ connectionString: server.adminUrl });
    await locker.connect();
    await locker.query('begin');
    await locker.query('lock table app.migration in access exclusive mode');
    const { code, body, tookMs } = await full();
    await locker.end();
    expect(tookMs).toBeLessThan(ANSWERS_WITHIN_MS);
    expect(code).toBe(503);
    expect(body.checks).toMatchObject({
      database: { status: 'up' },
      migrations: { status: 'unknown', reason: 'no answer within 1000 ms' },
    });
    expect((await full()).code).toBe(200);
  });

  it('says "degraded" and stays ready when the queue is behind or cannot be read', async () => {
    lag = { oldestDueSeconds: 301, due: 4, dead: 1 };
    expect(await full()).toMatchObject({
      code: 200,
      body: { status: 'degraded', checks: { queue: { status: 'down', lagSeconds: 301, due: 4, dead: 1 } } },
    });
    expect(await ask('/health/ready')).toMatchObject({ code: 200, body: { status: 'degraded' } });
    lag = new Error('nobody home');
    expect(await full()).toMatchObject({
      code: 200,
      body: { status: 'degraded', checks: { queue: { status: 'unknown', reason: 'nobody home' } } },
    });
  });

  it('shares one look, on one connection, among a crowd', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, full));
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([200]));
    const client = new pg.Client({ connectionString: server.adminUrl });
    await client.connect();
    const { rows } = await client.query("select 1 from pg_stat_activity where application_name = 'plinth-spec-health'");
    await client.end();
    expect(rows).toHaveLength(1);
  });

  it('recovers when its connection was cut', async () => {
    await asAdmin("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'plinth-spec-health'");
    await full();
    expect((await full()).code).toBe(200);
  });

  it('says that it could not look while every connection of the login is taken', async () => {
    await asAdmin('alter role app_login connection limit 1', "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app_login'");
    const other = new pg.Client({ connectionString: urls.login });
    await other.connect();
    await full();
    const { code, body } = await full();
    await other.end();
    await asAdmin('alter role app_login connection limit -1');
    expect(code).toBe(503);
    expect(body.checks?.['database']).toEqual({ status: 'unknown', reason: expect.stringMatching(/^53300: /) });
  });

  it('answers within two seconds with PostgreSQL stopped, and recovers by itself', async () => {
    await server.stop();
    for (const path of ['/health', '/health/ready', '/health/live']) {
      const { code, tookMs } = await ask(path);
      expect(tookMs).toBeLessThan(ANSWERS_WITHIN_MS);
      expect(code).toBe(path === '/health/live' ? 200 : 503);
    }
    const { body } = await full();
    expect(body).toMatchObject({
      status: 'error',
      checks: {
        database: { status: 'down', reason: expect.stringMatching(/ECONNREFUSED/) },
        migrations: { status: 'unknown' },
        schema: { status: 'unknown' },
        queue: { status: 'unknown' },
      },
    });
    expect((await ask('/health')).body).toEqual({ status: 'error', database: 'down', version: expect.any(String) });
    await server.start(null);
    expect((await full()).code).toBe(200);
  });
});
