import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { FakePooler } from '../../migrations/testing/fake-pooler.js';
import { FixtureServer, fixtureFile } from '../../config/fixtures/server.js';
import { bootstrapRoles } from '../../roles/index.js';
import { withAdmin } from '../../testing/admin.js';
import { serverVersionCheck } from './checks/server-version.check.js';
import { standbyCheck } from './checks/standby.check.js';
import type { DoctorContext } from './context.js';
import { closeContext, openContext } from './examine.js';
import type { ReachedLogin } from './logins/login.js';
import type { DoctorReport } from './report.js';
import { complaints, Patient, sourcesOf } from './testing/patient.js';

const NOBODY_LISTENS = 'postgres://app_login:geheim@127.0.0.1:1/plinth';

function onDatabase(url: string, database: string): string {
  const copy = new URL(url);
  copy.pathname = `/${database}`;
  return copy.href;
}

function withPassword(url: string, password: string): string {
  const copy = new URL(url);
  copy.password = password;
  return copy.href;
}

describe('how schema:doctor reaches the database', () => {
  let patient: Patient;
  const of = (report: DoctorReport, check: string): unknown[] => complaints(report).filter((one) => one.check === check);

  beforeAll(async () => {
    patient = await Patient.admit();
  }, 120_000);
  afterAll(() => patient.discharge());

  it('tells a wrong password and a host that is down apart, and looks at the other logins all the same', async () => {
    const report = await patient.examine({ DATABASE_URL: NOBODY_LISTENS, DATABASE_QUEUE_URL: withPassword(patient.urls.queue, 'wrong') });
    expect(of(report, 'connections')).toMatchObject([
      {
        subject: 'DATABASE_URL',
        outcome: 'could-not-look',
        says: expect.stringMatching(/could not connect to database "plinth" at 127\.0\.0\.1:1: .*Check host and port/),
      },
      {
        subject: 'DATABASE_QUEUE_URL',
        outcome: 'wrong',
        says: expect.stringMatching(/password authentication failed for user "app_queue"/),
        mend: { how: 'command', command: expect.stringMatching(/^npm run db:roles .* --database plinth --rotate-passwords$/) },
      },
    ]);
    expect(report.connections.map(({ state }) => state)).toEqual(['unreached', 'reached', 'refused', 'reached']);
    expect(report.diagnoses.find(({ check }) => check === 'migrations')?.outcome).toBe('ok');
    expect(report.outcome).toBe('wrong');
  });

  it('waits for a server that never answers no longer than it was told, and not for one login after the other', async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = (user: string): string => `postgres://${user}:geheim@127.0.0.1:${(silent.address() as AddressInfo).port}/plinth`;
    const started = performance.now();
    const report = await patient.examine(
      { DATABASE_URL: url('app_login'), DATABASE_PRIVILEGED_URL: url('app_privileged'), DATABASE_QUEUE_URL: url('app_queue') },
      { timeoutMs: 2_000 },
    );
    const took = performance.now() - started;
    for (const socket of sockets) socket.destroy();
    silent.close();
    expect(report.connections.map(({ state }) => state)).toEqual(['unreached', 'unreached', 'unreached', 'reached']);
    expect(took).toBeLessThan(5_500);
  });

  it('could not look where a host is down and nothing else is wrong', async () => {
    expect((await patient.examine({ DATABASE_URL: NOBODY_LISTENS })).outcome).toBe('could-not-look');
  });

  it('could not look where nothing is reached, and says so of every check that needs it', async () => {
    const report = await patient.examine({
      DATABASE_URL: NOBODY_LISTENS,
      DATABASE_PRIVILEGED_URL: undefined,
      DATABASE_QUEUE_URL: undefined,
      DATABASE_OWNER_URL: undefined,
    });
    expect(report.outcome).toBe('could-not-look');
    expect(complaints(report).map(({ check }) => check)).toEqual(
      expect.arrayContaining(['connections', 'one-database', 'roles', 'open-doors', 'connection-budget', 'clock', 'encoding', 'extensions', 'migrations']),
    );
  });

  it('names the role that is missing, and what makes it', async () => {
    await patient.admin.query('drop owned by app_queue; drop role app_queue');
    const report = await patient.examine();
    const { passwords } = await bootstrapRoles(patient.admin, {
      database: 'plinth',
      passwords: { app_queue: decodeURIComponent(new URL(patient.urls.queue).password) },
    });
    expect(passwords.app_queue).toBeDefined();
    expect(of(report, 'connections')).toMatchObject([{ subject: 'DATABASE_QUEUE_URL', outcome: 'wrong' }]);
    expect(of(report, 'roles')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ subject: 'app_queue', mend: { how: 'command', command: expect.stringContaining('npm run db:roles') } }),
      ]),
    );
    // A role that is made anew has not what the migrations and the first bootstrap gave the old one.
    for (const diagnosis of complaints(await patient.examine()).filter(({ mend }) => mend?.how === 'sql')) await patient.run(diagnosis);
    expect(complaints(await patient.examine())).toEqual([]);
  });

  it('sees a URL to another database, and one to another server', async () => {
    await patient.admin.query('create database elsewhere owner app_owner');
    const other = await FixtureServer.create();
    await other.start(null);
    await withAdmin(other.adminUrl, (admin) => bootstrapRoles(admin, { database: 'postgres', passwords: { app_queue: 'pw' } }));
    const report = await patient.examine({
      DATABASE_PRIVILEGED_URL: onDatabase(patient.urls.privileged, 'elsewhere'),
      DATABASE_QUEUE_URL: `postgres://app_queue:pw@127.0.0.1:${other.port}/postgres`,
      DATABASE_SCRATCH_URL: other.adminUrl,
    });
    await other.remove();
    await patient.admin.query('drop database elsewhere with (force)');
    expect(of(report, 'one-database')).toMatchObject([
      { subject: 'DATABASE_PRIVILEGED_URL', outcome: 'wrong', says: expect.stringContaining('"elsewhere"') },
      { subject: 'DATABASE_QUEUE_URL', outcome: 'wrong', says: expect.stringContaining('another server than DATABASE_OWNER_URL') },
      { subject: 'DATABASE_SCRATCH_URL', outcome: 'wrong', says: expect.stringContaining('another server') },
    ]);
  });

  it('sees two variables with one login, and an owner that is none', async () => {
    const report = await patient.examine({ DATABASE_PRIVILEGED_URL: patient.urls.login, DATABASE_OWNER_URL: patient.urls.admin });
    expect(of(report, 'separate-logins')).toMatchObject([{ subject: 'DATABASE_URL, DATABASE_PRIVILEGED_URL', outcome: 'wrong' }]);
    expect(of(report, 'owner')).toMatchObject([
      { subject: 'DATABASE_OWNER_URL', outcome: 'wrong', says: expect.stringContaining('logs in as "plinth_admin"') },
    ]);
  });

  it('sees a pooler in transaction mode, which is no harm where something leads past it', async () => {
    const pooler = await FakePooler.start(patient.urls.owner, 2);
    const { host, pathname } = new URL(patient.urls.owner);
    const pooled = await patient.examine({ DATABASE_OWNER_URL: pooler.url });
    const past = await patient.examine({ DATABASE_OWNER_URL: pooler.url, DATABASE_DIRECT_URL: `postgres://${host}${pathname}` });
    const directToIt = await patient.examine({ DATABASE_DIRECT_URL: `postgres://${new URL(pooler.url).host}${pathname}` });
    await pooler.stop();
    const wrong = { outcome: 'wrong', says: expect.stringContaining('is a pooler in transaction mode') };
    expect(of(pooled, 'pooler')).toMatchObject([
      { subject: 'DATABASE_OWNER_URL', ...wrong, mend: { how: 'setting', text: expect.stringMatching(/^DATABASE_DIRECT_URL=postgres:.*\/plinth$/) } },
    ]);
    expect(of(past, 'pooler')).toEqual([]);
    expect(of(directToIt, 'pooler')).toMatchObject([{ subject: 'DATABASE_DIRECT_URL', ...wrong }]);
  });

  it('refuses plain text to another host in production, and does not try it', async () => {
    const report = await patient.examine({ NODE_ENV: 'production', DATABASE_URL: 'postgres://app_login:geheim@db.example.invalid/plinth' });
    expect(of(report, 'settings')).toMatchObject([{ subject: 'DATABASE_URL', outcome: 'wrong', says: expect.stringContaining('without encryption') }]);
    expect(report.connections[0]).toMatchObject({ variable: 'DATABASE_URL', state: 'unusable', server: null });
  });

  it('names what reaches a connection past the settings, without showing it', async () => {
    const found = of(await patient.examine({ PGOPTIONS: '-c row_security=off', PGPASSWORD: 'geheim' }), 'driver-variables');
    expect(found).toMatchObject([
      { subject: 'PGOPTIONS', outcome: 'warning', mend: { command: 'unset PGOPTIONS' } },
      { subject: 'PGPASSWORD', outcome: 'warning', mend: { command: 'unset PGPASSWORD' } },
    ]);
    expect(JSON.stringify(found)).not.toContain('geheim');
  });

  it('sees a pool that the server has no room for', async () => {
    const report = await patient.examine({ DATABASE_POOL_SIZE: '500' });
    expect(of(report, 'connection-budget')).toMatchObject([
      { subject: 'server', outcome: 'wrong', says: expect.stringMatching(/tenant 500 .* more than the server allows/), mend: { how: 'setting' } },
    ]);
    expect(of(await patient.examine({ DATABASE_POOL_SIZE: '5' }), 'connection-budget')).toEqual([]);
  });

  it.each([
    [6_000, 'behind'],
    [-6_000, 'ahead of'],
  ])('sees a clock that is %i ms off', async (off, words) => {
    const report = await patient.examine({}, { now: () => Date.now() + off });
    expect(of(report, 'clock')).toMatchObject([
      { outcome: 'wrong', says: expect.stringMatching(new RegExp(`the server is [56]\\.\\d s ${words} this machine`)) },
    ]);
    expect(of(await patient.examine({}, { now: () => Date.now() + off / 2 }), 'clock')).toEqual([]);
  });

  it('does not call a clock wrong that it read too slowly to know', async () => {
    let reads = 0;
    // The answer comes 14 s after the question.
    const report = await patient.examine({}, { now: () => Date.now() + ((reads += 1) % 2 === 0 ? 14_000 : 0) });
    expect(report.diagnoses.find(({ check }) => check === 'clock')).toMatchObject({ outcome: 'ok', says: expect.stringContaining('± 7.0 s') });
  });

  describe('what no server of ours is', () => {
    let context: DoctorContext;

    beforeAll(async () => {
      context = await openContext({ sources: sourcesOf({ ...patient.env }) });
    });
    afterAll(() => closeContext(context));

    function pretend(facts: Partial<ReachedLogin['facts']>): DoctorContext {
      return { ...context, logins: context.logins.map((login) => (login.state === 'reached' ? { ...login, facts: { ...login.facts, ...facts } } : login)) };
    }

    it.each([
      [14, 'wrong'],
      [15, 'ok'],
      [18, 'ok'],
      [19, 'warning'],
    ])('PostgreSQL %i is %s', async (major, outcome) => {
      const said = await serverVersionCheck.look(pretend({ versionNumber: major * 10_000 + 2, version: `${major}.2` }));
      expect(new Set(said.map((one) => one.outcome))).toEqual(new Set([outcome]));
    });

    it('a standby cannot be written to', async () => {
      expect(await standbyCheck.look(pretend({ standby: true }))).toMatchObject([
        { outcome: 'wrong' },
        { outcome: 'wrong' },
        { outcome: 'wrong' },
        { outcome: 'wrong' },
      ]);
      expect(await standbyCheck.look(context)).toMatchObject([{ outcome: 'ok' }]);
    });
  });

  it('says of TLS which version, and whether it is proven who answers', async () => {
    const server = await FixtureServer.create();
    await server.start('localhost');
    const url = `postgres://${server.login}@localhost:${server.port}/postgres`;
    const look = async (values: Readonly<Record<string, string>>): Promise<string | undefined> => {
      const report = await patient.examine({ DATABASES_OTHER_URL: `${url}?sslmode=require`, ...values });
      return report.connections.find(({ variable }) => variable === 'DATABASES_OTHER_URL')?.server?.tls;
    };
    const unproven = await look({});
    const verified = await look({ DATABASES_OTHER_URL: `${url}?sslmode=verify-full&sslrootcert=${encodeURIComponent(fixtureFile('localhost.crt'))}` });
    const plain = await look({ DATABASES_OTHER_URL: url });
    await server.remove();
    expect([unproven, verified, plain]).toEqual(['TLSv1.3, not verified', 'TLSv1.3, verified', 'plain']);
  });

  it('sees a scratch login that may not create databases', async () => {
    await patient.admin.query(`create role scratch login password 'pw'`);
    const url = new URL(patient.urls.admin);
    [url.username, url.password] = ['scratch', 'pw'];
    const [found] = complaints(await patient.examine({ DATABASE_SCRATCH_URL: url.href }));
    expect(found).toMatchObject({ check: 'tool-logins', outcome: 'wrong', mend: { sql: 'ALTER ROLE "scratch" CREATEDB' } });
    if (found !== undefined) await patient.run(found);
    const after = complaints(await patient.examine({ DATABASE_SCRATCH_URL: url.href }));
    await patient.admin.query('drop role scratch');
    expect(after).toEqual([]);
  });
});
