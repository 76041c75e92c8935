import type pg from 'pg';
import { newId } from '../ids.js';
import { withAdmin } from '../testing/admin.js';
import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../testing/test-database.js';
import { openDatabase, type Database } from './database.js';
import { CommitUnknownError, ConnectionLostError } from './errors.js';
import type { RoundTripForm } from './stand-alone.js';
import type { TenantConnection } from './tenant-connection.js';
import type { Tx } from './tx.js';

const SLOW_COMMIT = `
  create or replace function app.wait_at_commit() returns trigger language plpgsql security definer as $$
  begin perform pg_advisory_xact_lock(4711); return null; end $$;
  create constraint trigger slow_commit after insert on app.agent deferrable initially deferred for each row execute function app.wait_at_commit();
  select pg_advisory_lock(4711)`;

/** Ends the backend that commits, which waits for the lock that this connection holds. */
async function terminateCommitting(admin: pg.Client): Promise<void> {
  for (;;) {
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ~ '^(commit|insert)' and wait_event = 'advisory'`,
    );
    if ((rowCount ?? 0) > 0) return;
  }
}

let test: TestDatabase;
let ours: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  ours = await createOrganization(test);
});
afterAll(() => test.drop());

describe.each<RoundTripForm>(['one-sync', 'transaction'])('a connection that breaks, in the form %s', (roundTripForm) => {
  let database: Database;
  let mine: TenantConnection;

  beforeAll(async () => {
    database = await openDatabase({ urls: test.urls, settings: { roundTripForm } });
    mine = database.tenant(ours.orgId);
  });
  afterEach(async () => {
    expect(database.pools.map(({ usage }) => usage.taken)).toEqual([0, 0, 0]);
    await withAdmin(test.urls.admin, (admin) => admin.query('delete from app.agent'));
  });
  afterAll(() => database.close());

  const insert = 'insert into app.agent (org_id, id, name) values (:orgId, :id, :name)';
  const add = (db: TenantConnection | Tx, name: string): Promise<number> => db.execute(insert, { id: newId(), name });

  async function agentNames(): Promise<unknown[]> {
    const { rows } = await withAdmin(test.urls.admin, (admin) => admin.query<{ name: string }>('select name from app.agent order by name'));
    return rows.map(({ name }) => name);
  }

  it('says that the work is lost when the connection breaks before the commit', async () => {
    await expect(
      mine.transaction(async (tx) => {
        await add(tx, 'lost');
        const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
        await withAdmin(test.urls.admin, (admin) => admin.query('select pg_terminate_backend($1, 5000)', [row?.pid]));
        await tx.query('select 1');
      }),
    ).rejects.toThrow(ConnectionLostError);
    expect(await agentNames()).toEqual([]);
    expect(await mine.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says that nobody knows when the connection breaks during the commit', async () => {
    await withAdmin(test.urls.admin, async (admin) => {
      await admin.query(SLOW_COMMIT);
      const outcome = expect(mine.transaction((tx) => add(tx, 'perhaps'))).rejects.toThrow(CommitUnknownError);
      await terminateCommitting(admin);
      await outcome;
      const last = expect(mine.transaction((tx) => tx.last(insert, { id: newId(), name: 'perhaps' }))).rejects.toThrow(CommitUnknownError);
      await terminateCommitting(admin);
      await last;
      await admin.query('drop trigger slow_commit on app.agent');
    });
  });
});
