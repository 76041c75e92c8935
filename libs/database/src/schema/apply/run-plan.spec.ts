import type { Client } from 'pg';
import { connectionOptions } from '../../config/connection-url.js';
import { withAdmin } from '../../testing/admin.js';
import { createTestDatabase, testAdminUrl, type TestDatabase } from '../../testing/test-database.js';
import { withClient } from '../expected/scratch-database.js';
import { SchemaManager } from '../manager/schema-manager.js';
import type { FixReport, SchemaManagerOptions } from '../manager/schema-manager.types.js';
import type { RepairStep } from '../plan/repair-step.js';
import { runPlan } from './run-plan.js';

const INDEX = 'CREATE INDEX CONCURRENTLY "ix_probe" ON app.run USING btree (session_id)';
const BUILD: RepairStep = {
  number: 1,
  sql: INDEX,
  about: ['index:app.ix_probe'],
  transaction: null,
  lock: 'SHARE UPDATE EXCLUSIVE',
  table: 'run',
  rewrite: false,
  loses: null,
  administrator: false,
};
const AFTER: RepairStep = { ...BUILD, number: 2, sql: 'ALTER TABLE app.step ENABLE ROW LEVEL SECURITY', about: ['table:app.step'], transaction: 1 };

describe('the steps of a plan', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  const manager = (options: Partial<SchemaManagerOptions> = {}): SchemaManager =>
    new SchemaManager({ ownerUrl: database.urls.owner, scratchUrl: testAdminUrl(), ...options });
  const asOwner = <T>(work: (owner: Client) => Promise<T>): Promise<T> => withClient(connectionOptions(database.urls.owner), work);
  const whileWriting = <T>(work: (writer: Client) => Promise<T>): Promise<T> =>
    withAdmin(database.urls.admin, async (writer) => {
      await writer.query('begin; lock table app.run in row exclusive mode');
      return work(writer);
    });

  it('that build an index wait for an older transaction as long as it takes, since nobody waits behind them, and say for whom', async () => {
    await withAdmin(database.urls.admin, (admin) => admin.query('drop index app.ix_run_session_id'));
    await whileWriting(async (writer) => {
      let repairing: Promise<FixReport> | undefined;
      const said = await new Promise<string>((resolve) => {
        repairing = manager({ lockTimeoutMs: 20, attempts: 1, onProgress: resolve }).fixSchema();
      });
      expect(said).toMatch(/^step 1 waits, and nobody behind it: process \d+ of the server/);
      await writer.query('select count(*) from app.run');
      await writer.query('commit');
      expect(await repairing).toMatchObject({ outcome: 'repaired', failed: [] });
    });
  });

  it('whose leavings cannot be taken away say so, and what does not build on them is done', async () => {
    const options = { lockTimeoutMs: 20, attempts: 3, concurrentWaitMs: 100 };
    await asOwner(async (owner) => {
      const broken = await whileWriting(() => runPlan(owner, [BUILD, AFTER], options));
      expect(broken.failed).toMatchObject([{ step: BUILD, sqlState: '55P03', reason: expect.stringContaining('What it left could not be taken away') }]);
      expect(broken.done).toEqual([AFTER]);
      expect(await runPlan(owner, [BUILD], options)).toMatchObject({ done: [BUILD], failed: [] });
    });
  });

  it('whose session ends are neither tried again nor followed by others; the repair says so, and so does the ledger', async () => {
    await withAdmin(database.urls.admin, (admin) =>
      admin.query('alter table app.run disable row level security; alter table app.step disable row level security'),
    );
    await withAdmin(database.urls.admin, async (holder) => {
      await holder.query('begin; lock table app.run in access share mode; lock table app.step in access share mode');
      const kill = `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and usename = 'app_owner'`;
      let killing: Promise<unknown> | undefined;
      const onProgress = (): void => void (killing ??= holder.query(kill));
      const report = await manager({ lockTimeoutMs: 50, attempts: 1_000, onProgress }).fixSchema();
      await killing;
      expect(report).toMatchObject({ outcome: 'left', done: [], failed: [{ sessionLost: true, reason: expect.stringContaining('the session was lost: ') }] });
      expect(report.left.map(({ key }) => key)).toEqual(['table:app.run', 'table:app.step']);
      const { rows } = await holder.query(`select id, outcome from app.schema_ledger where kind = 'FIX'`);
      expect(rows).toEqual([{ id: report.ledgerId, outcome: 'steps done: 0, refused: 1, findings left: 2' }]);
    });
  });
});
