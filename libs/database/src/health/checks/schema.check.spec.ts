import pg from 'pg';
import { FixtureServer } from '../../config/fixtures/server.js';
import { InvalidSettingError } from '../../config/errors.js';
import { runMigrations } from '../../migrations/run.js';
import { bootstrapRoles } from '../../roles/index.js';
import { checksumOf, type CommittedFingerprints } from '../fingerprint/committed-file.js';
import { COMMITTED } from '../fingerprint/committed.generated.js';
import { DEFAULT_GATES, parseGates } from '../fingerprint/gates.js';
import type { Finding, HealthQuery } from '../finding.js';
import { schemaCheck, type SchemaCheckOptions } from './schema.check.js';

/** [a gate, drift inside it, drift outside it] */
const GATES: readonly (readonly [string, string, string])[] = [
  ['row-security:*', 'alter table app.run disable row level security', 'create policy evil on app.run using (true)'],
  ['row-security:ru*', 'alter table app.run disable row level security', 'alter table app.step disable row level security'],
  ['policy:*', 'create policy evil on app.run using (true)', 'alter table app.run disable row level security'],
  ['policy:*.tenant_isolation', 'alter policy tenant_isolation on app.run using (true)', 'alter policy owner_all on app.run using (false)'],
  ['policy:*=extra', 'create policy evil on app.run using (true)', 'drop policy tenant_isolation on app.run'],
  ['role:*', 'alter role app_queue createdb', 'grant select on app.run to app_queue'],
  [
    'function:enter_*',
    'alter function app.enter_auth(uuid, text, integer, integer, integer) security definer',
    'alter function app.queue_lag() security invoker',
  ],
  ['function:current_*', 'alter function app.current_org_id() immutable', 'alter function app.touch_updated_at() security definer'],
  ['function:shares_*', 'alter function app.shares_organization(uuid) reset search_path', 'alter function app.current_org_id() immutable'],
  ['table:*=missing', 'drop table app.rate_limit', 'create table app.evil (id int)'],
  ['table:*', 'drop index app.ix_run_session_id', 'grant select on app.run to app_queue'],
  ['grants:run', 'grant select on app.run to app_queue', 'grant select on app.step to app_queue'],
  ['grants:*,owner:*', 'alter table app.rate_limit owner to app_queue', 'alter table app.run disable row level security'],
  ['member:*', 'create role alice; grant app_admin to alice', 'create policy evil on app.run using (true)'],
  [DEFAULT_GATES, 'drop policy tenant_isolation on app.run', 'grant select on app.run to public'],
];

describe('the health check of the schema', () => {
  let server: FixtureServer;
  let root: pg.Client;
  let owner: string;
  let looks = 0;
  const query: HealthQuery = async <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> => {
    if (text.includes('plinth_fingerprint')) looks += 1;
    return [await root.query<R>(text, [...values])].flat().at(-1)?.rows ?? [];
  };
  const gated = (text: string): SchemaCheckOptions => ({ ttlMs: 0, gates: parseGates(text) });

  /** What a check of these options finds after a change that is then rolled back. */
  async function lookAfter(sql: string, options: SchemaCheckOptions): Promise<Finding> {
    await root.query('begin');
    try {
      await root.query(sql);
      return await schemaCheck(options).look(query);
    } finally {
      await root.query('rollback');
    }
  }

  beforeAll(async () => {
    server = await FixtureServer.create();
    await server.start(null);
    root = new pg.Client({ connectionString: server.adminUrl });
    await root.connect();
    const { passwords } = await bootstrapRoles(root, { database: 'postgres' });
    owner = `postgres://app_owner:${encodeURIComponent(passwords.app_owner ?? '')}@127.0.0.1:${server.port}/postgres`;
    await runMigrations(owner);
    // A prepared statement that is missing would end the transaction of a test.
    expect(await schemaCheck(gated('none')).look(query)).toMatchObject({ status: 'up' });
  }, 60_000);
  afterAll(async () => {
    await root.end();
    await server.remove();
  });

  it.each(GATES)('with the gate %s keeps traffic away for what is inside it, and for nothing else', async (text, inside, outside) => {
    expect(await lookAfter(inside, gated(text))).toMatchObject({ status: 'down', gates: true });
    expect(await lookAfter(outside, gated(text))).toMatchObject({ status: 'down', gates: false });
    expect(await lookAfter(inside, gated('none'))).toMatchObject({ status: 'down', gates: false });
  });

  it.each(['policies:*', 'policy', 'policy:', '*', ':run', 'policy:*=gone', 'policy:a=b=extra', 'policy:*;grants:*'])(
    'refuses the gate %p and says what is allowed',
    (text) => {
      expect(() => parseGates(text)).toThrow(InvalidSettingError);
      expect(() => parseGates(text)).toThrow(/Before the colon: row-security, .*, other\. After =: missing, extra, differs\./);
    },
  );

  it('names what keeps traffic away first, and how much more there is', async () => {
    const many = ['run', 'step', 'agent', 'task', 'file', 'role', 'team'].map((table) => `grant select on app.${table} to app_queue`).join(';');
    const finding = await lookAfter(`${many}; alter table app.run disable row level security`, gated(DEFAULT_GATES));
    expect(finding.reason).toMatch(
      /^row-security:run differs; grants:agent differs; .* and 3 more\. The migrations make it otherwise: npm run schema:check shows how\.$/,
    );
    expect(finding).toMatchObject({ drifted: 8, drift: expect.arrayContaining(['grants:team differs']) });
  });

  describe('keeps its answer for the configured time', () => {
    let clock: number;
    const timed = (): SchemaCheckOptions => ({ ttlMs: 30_000, gates: parseGates(DEFAULT_GATES), now: () => clock });

    beforeEach(() => {
      clock = 1_000_000;
      looks = 0;
    });

    it('and then sees drift, and that it is healed', async () => {
      const check = schemaCheck(timed());
      const status = async (): Promise<string> => (await check.look(query)).status;
      expect(await status()).toBe('up');
      await root.query('create policy evil on app.run using (true)');
      clock += 29_999;
      expect([await status(), looks]).toEqual(['up', 1]);
      clock += 1;
      expect([await status(), looks]).toEqual(['down', 2]);
      await root.query('drop policy evil on app.run');
      clock += 29_999;
      expect([await status(), looks]).toEqual(['down', 2]);
      clock += 1;
      expect([await status(), looks]).toEqual(['up', 3]);
    });

    it('but asks at every look where it is 0', async () => {
      const check = schemaCheck({ ...timed(), ttlMs: 0 });
      await check.look(query);
      await check.look(query);
      expect(looks).toBe(2);
    });

    it('but not what it could not look at', async () => {
      const check = schemaCheck(timed());
      const locker = new pg.Client({ connectionString: server.adminUrl });
      await locker.connect();
      await locker.query('begin; lock table app.run in access exclusive mode');
      expect(await check.look(query)).toMatchObject({ status: 'unknown', gates: false });
      await locker.end();
      expect(await check.look(query)).toMatchObject({ status: 'up' });
    });
  });

  describe('does not judge', () => {
    const with_ = (changes: Partial<CommittedFingerprints>): SchemaCheckOptions => {
      const content = { ...COMMITTED, ...changes };
      return { ...gated(DEFAULT_GATES), committed: { ...content, checksum: checksumOf(content) } };
    };
    const EVIL = 'create policy evil on app.run using (true)';

    it('a schema that is newer, which is information', async () => {
      const finding = await lookAfter(
        `${EVIL}; insert into app.migration (timestamp, name) values (9999999999999, 'Newer9999999999999')`,
        gated(DEFAULT_GATES),
      );
      expect(finding).toEqual({ status: 'up', judged: false, note: 'schema is newer: this build does not know Newer9999999999999' });
    });

    it('a schema whose migrations have not run', async () => {
      const finding = await lookAfter(`${EVIL}; delete from app.migration where name like 'Comments%'`, gated(DEFAULT_GATES));
      expect(finding).toEqual({ status: 'unknown', gates: false, reason: 'not judged: a migration has not run' });
    });

    it('on a version of PostgreSQL that nobody made hashes for, and says so', async () => {
      expect(await lookAfter(EVIL, with_({ majors: [12, 13] }))).toEqual({
        status: 'unknown',
        gates: false,
        reason: expect.stringMatching(/^not judged: there are no committed hashes for PostgreSQL 1\d, only for 12, 13$/),
      });
    });

    it('by hashes of another migration, or by ones that somebody edited', async () => {
      expect((await lookAfter(EVIL, with_({ head: 'Older1' }))).reason).toMatch(/"Older1".*npm run schema:fingerprint -- --write --all/);
      const edited = { ...COMMITTED, objects: { ...COMMITTED.objects, 'row-security:run': '0000000000' } };
      expect((await lookAfter(EVIL, { ...gated(DEFAULT_GATES), committed: edited })).reason).toMatch(/changed by hand/);
    });
  });
});
