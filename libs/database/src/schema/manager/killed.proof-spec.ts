import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { withAdmin } from '../../testing/admin.js';
import { createTestDatabase, testAdminUrl, type TestDatabase } from '../../testing/test-database.js';
import { SchemaManager } from './schema-manager.js';

const PROGRAM = join(process.cwd(), 'dist/libs/database/src/schema/manager/testing/lone-repair.js');

const REPLACED_INDEX = 'drop index app.ix_run_session_id; create index ix_run_session_id on app.run (session_id)';
const LEFT = `select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = 'app.run'::regclass and (c.relname like '%\\_\\_new' or not i.indisvalid)`;

interface Left {
  readonly name: string;
  readonly valid: boolean;
}

describe('a repair whose process is killed', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  /** Starts a repair that meets `lock`, and kills it and its session as soon as it says that it waits. */
  async function killWaitingFor(lock: string): Promise<void> {
    await withAdmin(database.urls.admin, async (holder) => {
      await holder.query(`begin; ${lock}`);
      const child = spawn(process.execPath, [PROGRAM, database.urls.owner, testAdminUrl()], { stdio: ['ignore', 'pipe', 'inherit'] });
      const exited = once(child, 'exit');
      await Promise.race([once(child.stdout, 'data'), exited.then(() => Promise.reject(new Error('It ended before it was killed.')))]);
      child.kill('SIGKILL');
      await exited;
      await holder.query(`select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and usename = 'app_owner'`);
      await holder.query('rollback');
    });
  }

  async function rows<Row extends object>(sql: string): Promise<Row[]> {
    return withAdmin(database.urls.admin, async (admin) => (await admin.query<Row>(sql)).rows);
  }

  async function repairAgain(): Promise<void> {
    expect(await new SchemaManager({ ownerUrl: database.urls.owner, scratchUrl: testAdminUrl() }).fixSchema()).toMatchObject({ outcome: 'repaired', left: [] });
    expect(await rows<Left>(LEFT)).toEqual([]);
    const ledger = await rows<{ outcome: string; sql: string }>(`select outcome, sql from app.schema_ledger where kind = 'FIX' order by "when", id`);
    expect(ledger.map(({ outcome }) => outcome)).toEqual([expect.stringMatching(/^broken off: /), expect.stringMatching(/refused: 0, findings left: 0$/)]);
  }

  it('between the building of an index and its taking over: the next one finishes it, and the ledger tells of both', async () => {
    await rows(REPLACED_INDEX);
    await killWaitingFor('lock table app.run in access share mode');
    expect(await rows<Left>(LEFT)).toEqual([{ name: 'ix_run_session_id__new', valid: true }]);
    await repairAgain();
  });

  it('in the middle of a concurrent build: the next one takes the INVALID index away and builds it', async () => {
    await rows('drop index app.ix_run_session_id');
    await killWaitingFor('lock table app.run in row exclusive mode');
    expect(await rows<Left>(LEFT)).toEqual([{ name: 'ix_run_session_id', valid: false }]);
    await repairAgain();
  });

  it('at its first statement: nothing was changed, and the ledger has what was planned', async () => {
    await rows('alter table app.run disable row level security');
    await killWaitingFor('lock table app.run in access share mode');
    const planned = await rows<{ outcome: string; planned: string[] }>(
      `select outcome, details -> 'planned' as planned from app.schema_ledger where kind = 'FIX'`,
    );
    expect(planned).toEqual([{ outcome: 'started', planned: ['ALTER TABLE "app"."run" ENABLE ROW LEVEL SECURITY'] }]);
    await repairAgain();
  });
});
