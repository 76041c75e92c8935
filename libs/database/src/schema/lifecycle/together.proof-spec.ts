import { attest } from '../backup/receipt/attest.js';
import { expectRepaired } from '../testing/lifecycle/expectations.js';
import { placeOf, textOf } from '../testing/lifecycle/finding-text.js';
import { LifecycleDatabase } from '../testing/lifecycle/lifecycle-database.js';

const TEN_CHANGES = [
  'alter table app.run disable row level security',
  'alter policy tenant_isolation on app.task using (true)',
  'grant select on app.user_credential to app_tenant',
  'alter function app.shares_organization(uuid) reset search_path',
  'alter table app.agent disable trigger raise_version',
  'alter table app.step drop constraint fk_step_run_id',
  'drop index app.ix_run_created_at',
  'alter table app.email_template alter column subject type varchar(200)',
  'alter table app.role drop constraint uq_role_name',
  `alter table app.task alter column status set default 'RUNNING'`,
];

describe('several changes at once', () => {
  let database: LifecycleDatabase;
  beforeEach(async () => {
    database = await LifecycleDatabase.open();
  });
  afterEach(() => database.drop());

  test('ten by hand, security first, are found, repaired, and written into the ledger', async () => {
    await database.run('owner', TEN_CHANGES);
    const findings = await database.findings();
    expect(findings).toHaveLength(TEN_CHANGES.length);
    expect(findings.filter(({ driftClass }) => driftClass === 'security')).toHaveLength(4);
    const rows = await database.rowCounts();
    const report = await database.manager().fixSchema();
    expectRepaired(report);
    expect(await database.rowCounts()).toEqual(rows);
    const { rows: ledger } = await database.owner.query<{ kind: string; sql: string; outcome: string }>(
      'select kind, sql, outcome from app.schema_ledger where id = $1',
      [report.ledgerId],
    );
    expect(ledger).toEqual([{ kind: 'FIX', sql: report.done.map(({ sql }) => sql).join(';\n'), outcome: expect.stringContaining('findings left: 0') }]);
    expect(await database.findings()).toEqual([]);
  });

  test('the row security of one table is repaired in one transaction', async () => {
    await database.run('owner', [
      'alter table app.run disable row level security',
      'alter table app.run no force row level security',
      'drop policy admin_all on app.run',
      'alter policy tenant_isolation on app.run using (true) with check (true)',
      'create policy peek on app.run for select to app_tenant using (true)',
    ]);
    const report = await database.manager().fixSchema();
    expectRepaired(report);
    expect(new Set(report.plan.steps.map(({ transaction }) => transaction)).size).toBe(1);
  });

  test('a table and what hangs on it are made in the order of their needs', async () => {
    await database.run('owner', ['drop table app.step cascade']);
    expect((await database.findings()).map(placeOf)).toEqual([
      'constraint:app.input_request.fk_input_request_step_id',
      'constraint:app.workflow_data.fk_workflow_data_step_id',
      'table:app.step',
    ]);
    expectRepaired(await database.manager().fixSchema());
    expect(await database.findings()).toEqual([]);
  });

  test('a longer varchar writes no row again', async () => {
    await database.run('owner', ['alter table app.email_template alter column subject type varchar(200)']);
    const before = await fileOf('email_template');
    const report = await database.manager().fixSchema();
    expectRepaired(report);
    expect(report.plan.steps).toMatchObject([{ lock: 'ACCESS EXCLUSIVE', rewrite: false, loses: null, table: 'email_template' }]);
    expect(await fileOf('email_template')).toBe(before);
  });

  test('a column that becomes an identity again counts on from its rows', async () => {
    await database.run('owner', ['alter table app.workflow_data alter column id drop identity']);
    expectRepaired(await database.manager().fixSchema());
    const { rows } = await database.owner.query<{ id: string }>(
      `insert into app.workflow_data (org_id, uid, run_id, "key") select org_id, gen_random_uuid(), run_id, 'next' from app.workflow_data returning id`,
    );
    expect(rows).toEqual([{ id: '2' }]);
  });

  test('an orphan makes its foreign key fail, says so, and holds up nothing else', async () => {
    await database.run('owner', ['alter table app.task drop constraint fk_task_run_id', 'drop index app.ix_run_created_at']);
    await database.run('owner', ['update app.task set run_id = gen_random_uuid()']);
    const { outcome, failed, left } = await database.manager().fixSchema();
    expect(outcome).toBe('left');
    expect(failed.map(({ sqlState }) => sqlState)).toEqual(['23503']);
    expect(left.map(({ key }) => key)).toEqual(['constraint:app.task.fk_task_run_id']);
    expect(textOf(left[0])).toMatch(/The repair was refused: .*is not present in table "run"/s);
    await database.run('owner', ['update app.task set run_id = null']);
    expectRepaired(await database.manager().fixSchema());
  });

  test('a duplicate makes its unique index fail, and leaves no invalid one', async () => {
    await database.run('owner', ['drop index app.uq_job_dedupe']);
    await database.run('owner', [
      `insert into app.job (org_id, id, kind, dedupe_key) select org_id, gen_random_uuid(), 'sweep', 'twice' from app.run, generate_series(1, 2)`,
    ]);
    const { failed, left } = await database.manager().fixSchema();
    expect(failed.map(({ sqlState }) => sqlState)).toEqual(['23505']);
    expect(left.map(placeOf)).toEqual(['index:app.uq_job_dedupe']);
    expect(textOf(left[0])).toMatch(/The repair was refused: .*Duplicate keys exist|is duplicated/s);
    const { rows } = await database.owner.query(`select indexrelid::regclass::text as index from pg_index where not indisvalid`);
    expect(rows).toEqual([]);
  });

  test('a null makes its NOT NULL fail, and leaves no check behind', async () => {
    await database.run('owner', ['alter table app.agent alter column name drop not null', 'update app.agent set name = null']);
    const { failed, left } = await database.manager().fixSchema();
    expect(failed.map(({ sqlState }) => sqlState)).toEqual(['23514']);
    expect(left.map(placeOf)).toEqual(['column:app.agent.name notNull']);
  });

  test('a column without a value for the rows that are there is left, with the reason', async () => {
    await database.run('owner', ['alter table app.api_key drop column prefix', 'drop index app.ix_task_status']);
    const { failed, left } = await database.manager().fixSchema();
    expect(failed.map(({ sqlState }) => sqlState)).toEqual(['23502']);
    expect(left.map(placeOf)).toEqual(['column:app.api_key.prefix']);
    expect(textOf(left[0])).toMatch(/contains null values/);
  });

  test('two columns of one table are dropped with the receipt of an attested backup', async () => {
    await database.run('owner', ['alter table app.run add column one text', 'alter table app.run add column two text']);
    await attest(database.owner, { backupId: 'snapshot-7', reason: 'made by the storage, restored last night' });
    const manager = database.manager({ destructiveAllowed: true });
    const rows = await database.rowCounts();
    expectRepaired(await manager.fixSchema({ destructive: true, receipt: { backupId: 'snapshot-7' } }));
    expect(await database.rowCounts()).toEqual(rows);
  });

  test('nobody can look into a schema that was taken away from its owner, which is no drift', async () => {
    await database.run('admin', ['alter schema app owner to app_admin']);
    expect(await database.manager().validateSchema()).toMatchObject({ outcome: 'could-not-look', reason: expect.stringContaining('42501') });
  });

  async function fileOf(table: string): Promise<string | undefined> {
    const { rows } = await database.owner.query<{ file: string }>(`select relfilenode::text as file from pg_class where oid = $1::regclass`, [`app.${table}`]);
    return rows[0]?.file;
  }
});

describe('an empty database that lost', () => {
  let database: LifecycleDatabase;
  beforeEach(async () => {
    database = await LifecycleDatabase.openEmpty();
  });
  afterEach(() => database.drop());

  test('two tables that name each other gets both, and both foreign keys', async () => {
    await database.run('owner', ['drop table app."user", app.organization cascade']);
    const missing = (await database.findings()).map(placeOf);
    expect(missing).toEqual(expect.arrayContaining(['table:app.organization', 'table:app.user']));
    expectRepaired(await database.manager().fixSchema());
    const { rows } = await database.owner.query(
      `select conname as name from pg_constraint where contype = 'f' and convalidated and conname in ('fk_user_current_org_id', 'fk_organization_created_by') order by 1`,
    );
    expect(rows).toEqual([{ name: 'fk_organization_created_by' }, { name: 'fk_user_current_org_id' }]);
    expect(await database.findings()).toEqual([]);
  });

  test('every table but the journal gets all of them, with their policies, grants and triggers', async () => {
    await database.run('owner', [
      `do $$ begin execute (select 'drop table ' || string_agg(format('app.%I', relname), ', ') || ' cascade' from pg_class
         where relnamespace = 'app'::regnamespace and relkind = 'r' and relname <> 'migration'); end $$`,
      'drop function app.current_org_id(), app.write_audit(text, text, text, jsonb)',
    ]);
    expectRepaired(await database.manager().fixSchema());
    expect(await database.findings()).toEqual([]);
  });
});
