import { NestFactory } from '@nestjs/core';
import { withAdmin } from '../../testing/admin.js';
import { createEmptyDatabase } from '../../migrations/testing/empty-database.js';
import { migrations } from '../../migrations/index.js';
import { createTestDatabase, testAdminUrl, type TestDatabase } from '../../testing/test-database.js';
import { NoSuchFindingError, NotTheOwnerError, SchemaIsNewerError } from '../errors.js';
import { SchemaManager } from './schema-manager.js';
import type { FixReport, SchemaManagerOptions } from './schema-manager.types.js';
import { SchemaModule } from './schema.module.js';

const HEAD = migrations.at(-1)?.name ?? '';

describe('the schema manager', () => {
  let database: TestDatabase;

  const sql = (statement: string): Promise<unknown> => withAdmin(database.urls.admin, (admin) => admin.query(statement));
  const manager = (options: Partial<SchemaManagerOptions> = {}): SchemaManager =>
    new SchemaManager({ ownerUrl: database.urls.owner, scratchUrl: testAdminUrl(), ...options });

  beforeEach(async () => {
    database = await createTestDatabase();
  });

  afterEach(() => database.drop());

  it('finds nothing on a migrated database, and a repair has nothing to do', async () => {
    expect(await manager().validateSchema()).toMatchObject({ outcome: 'same', findings: [], source: 'scratch-database', head: HEAD });
    expect(await manager().fixSchema()).toMatchObject({ outcome: 'nothing-to-do', done: [], left: [], ledgerId: null });
  });

  it('is a provider of Nest too', async () => {
    const application = await NestFactory.createApplicationContext(SchemaModule.forRoot({ ownerUrl: database.urls.owner, scratchUrl: testAdminUrl() }), {
      logger: false,
    });
    expect(await application.get(SchemaManager).validateSchema()).toMatchObject({ outcome: 'same' });
    await application.close();
  });

  it('says that it could not look, which is not drift, where nobody answers', async () => {
    const url = new URL(database.urls.owner);
    url.port = '1';
    const report = await manager({ ownerUrl: url.href }).validateSchema();
    expect(report).toMatchObject({ outcome: 'could-not-look', reason: expect.stringContaining('ECONNREFUSED') });
  });

  it('says that it could not look, and does not wait for ever, where somebody holds a table for himself', async () => {
    await withAdmin(database.urls.admin, async (holder) => {
      await holder.query('begin; lock table app.run in access exclusive mode');
      expect(await manager().validateSchema()).toMatchObject({ outcome: 'could-not-look', reason: expect.stringContaining('55P03') });
    });
  });

  it('looks and repairs as nobody but app_owner: whatever another one made would be his', async () => {
    await sql('alter table app.run disable row level security');
    const asAdministrator = manager({ ownerUrl: database.urls.admin });
    expect(await asAdministrator.validateSchema()).toMatchObject({ outcome: 'could-not-look', reason: expect.stringContaining('"app_owner"') });
    await expect(asAdministrator.fixSchema()).rejects.toThrow(NotTheOwnerError);
    expect(await rowSecurityOfRun()).toBe(false);
  });

  it('touches nothing where the journal knows a migration that this build does not', async () => {
    await sql(`insert into app.migration (timestamp, name) values (9999999999999, 'Newer9999999999999')`);
    await sql('alter table app.run disable row level security');
    expect(await manager().validateSchema()).toMatchObject({ outcome: 'could-not-look', reason: expect.stringContaining('"Newer9999999999999"') });
    await expect(manager().fixSchema()).rejects.toThrow(SchemaIsNewerError);
    expect(await manager().initializeDatabase({ align: true })).toMatchObject({ outcome: 'newer', migrated: [] });
    expect(await rowSecurityOfRun()).toBe(false);
  });

  it('compares with what ran where a migration is pending, and names it', async () => {
    await sql(`delete from app.migration where name = '${HEAD}'`);
    const report = await manager().validateSchema();
    expect(report).toMatchObject({ outcome: 'drift', head: migrations.at(-2)?.name });
    expect(report.outcome === 'drift' && report.findings[0]).toMatchObject({ code: 'MIGRATION_PENDING', key: `migration:${HEAD}` });
  });

  it('repairs only what it is asked to, by key or by code', async () => {
    await sql('alter table app.run disable row level security; alter table app.step disable row level security; drop index app.ix_run_session_id');
    const first = await manager().fixSchema({ only: ['table:app.step'] });
    expect(first.done.map((step) => step.about[0])).toEqual(['table:app.step']);
    const second = await manager().fixSchema({ only: ['ROW_SECURITY_SWITCHED'] });
    expect(second.left.map(({ key }) => key)).toEqual(['index:app.ix_run_session_id']);
    await expect(manager().fixSchema({ only: ['table:app.nothing'] })).rejects.toThrow(NoSuchFindingError);
  });

  it('rehearses without touching anything: what it measured is in the steps', async () => {
    await sql('alter table app.run disable row level security');
    const report = await manager().fixSchema({ dryRun: true });
    expect(report.outcome).toBe('rehearsed');
    expect(report.plan.steps).toMatchObject([
      { sql: 'ALTER TABLE "app"."run" ENABLE ROW LEVEL SECURITY', lock: 'ACCESS EXCLUSIVE', table: 'run', rewrite: false, loses: null },
    ]);
    expect(await rowSecurityOfRun()).toBe(false);
  });

  it('writes each repair into the ledger: who, at which head, the statements and how it ended', async () => {
    await sql('alter table app.run disable row level security');
    const { ledgerId } = await manager().fixSchema();
    const rows = await withAdmin(database.urls.admin, (admin) =>
      admin.query(`select id, kind, version, sql, outcome from app.schema_ledger where kind = 'FIX'`),
    );
    expect(rows.rows).toEqual([
      {
        id: ledgerId,
        kind: 'FIX',
        version: HEAD,
        sql: 'ALTER TABLE "app"."run" ENABLE ROW LEVEL SECURITY',
        outcome: 'steps done: 1, refused: 0, findings left: 0',
      },
    ]);
  });

  it('waits for locks in short tries, and gets through once the table is free', async () => {
    await sql('alter table app.run disable row level security');
    await withAdmin(database.urls.admin, async (reader) => {
      await reader.query('begin; select * from app.run');
      let repairing: Promise<FixReport> | undefined;
      const said = await new Promise<string>((resolve) => {
        repairing = manager({ lockTimeoutMs: 30, attempts: 50, onProgress: resolve }).fixSchema();
      });
      expect(said).toMatch(/waits for a lock \(try 1 of 50\)/);
      await reader.query('commit');
      expect(await repairing).toMatchObject({ outcome: 'repaired' });
    });
  });

  it('leaves a step whose lock it never got, and says so', async () => {
    await sql('alter table app.run disable row level security');
    await withAdmin(database.urls.admin, async (reader) => {
      await reader.query('begin; select * from app.run');
      const report = await manager({ lockTimeoutMs: 20, attempts: 2 }).fixSchema();
      expect(report).toMatchObject({ outcome: 'left', failed: [{ sqlState: '55P03' }], left: [{ key: 'table:app.run' }] });
      expect(report.left[0]?.explanation).toContain('The repair was refused: ');
    });
  });

  async function rowSecurityOfRun(): Promise<boolean | undefined> {
    const { rows } = await withAdmin(database.urls.admin, (admin) =>
      admin.query<{ on: boolean }>(`select relrowsecurity as on from pg_class where oid = 'app.run'::regclass`),
    );
    return rows[0]?.on;
  }
});

describe('initialising a database', () => {
  it('is done once, whoever calls it at the same time: migrations, alignment and seeds', async () => {
    const empty = await createEmptyDatabase(700);
    try {
      const options = { ownerUrl: empty.ownerUrl, scratchUrl: testAdminUrl() };
      const reports = await Promise.all(Array.from({ length: 6 }, () => new SchemaManager(options).initializeDatabase({ align: true })));
      expect(reports.flatMap(({ migrated }) => migrated).sort()).toEqual(migrations.map(({ name }) => name).sort());
      expect(new Set(reports.map(({ outcome, left }) => `${outcome} ${left.length}`))).toEqual(new Set(['ready 0']));
      expect(await new SchemaManager(options).validateSchema()).toMatchObject({ outcome: 'same' });
      const { rows } = await withAdmin(empty.adminUrl, (admin) => admin.query<{ seeded: boolean }>('select count(*) > 0 as seeded from app.permission'));
      expect(rows).toEqual([{ seeded: true }]);
    } finally {
      await empty.drop();
    }
  });
});
