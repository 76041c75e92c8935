import { newId } from '../ids.js';
import { withAdmin } from '../testing/admin.js';
import { createOrganization, createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { currentContext, runWithContext } from './context.js';
import { openDatabase, type Database } from './database.js';
import { DatabaseUnavailableError, PoolExhaustedError } from './errors.js';
import type { RoundTripForm } from './stand-alone.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const UNITS = 64;
const ROUNDS = 4;
const UNIQUE_VIOLATION = '23505';
const DIVISION_BY_ZERO = '22012';
const KILLED = '57P01';

/** What goes wrong in a unit; the rest goes right. */
const KINDS = ['read', 'write', 'throws', 'fails in SQL', 'swallows', 'duplicate', 'straggles', 'dies'] as const;
type Kind = (typeof KINDS)[number];

describe.each<RoundTripForm>(['one-sync', 'transaction'])('64 units on 5 connections over 8 organizations, in the form %s', (roundTripForm) => {
  it('never shows a row of another organization, leaks no connection and leaves no transaction open', async () => {
    const database = await openDatabase({ urls: test.urls, settings: { roundTripForm, poolSize: 5, acquireTimeoutMs: 20_000 } });
    const organizations = await Promise.all(Array.from({ length: 8 }, () => createOrganization(test)));
    const written: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(
        Array.from({ length: UNITS }, async (_, index) => {
          const organization = organizations[index % organizations.length];
          const kind = KINDS[Math.floor(index / organizations.length + round) % KINDS.length];
          if (organization === undefined || kind === undefined) throw new TypeError('no such unit');
          await runWithContext({ requestId: `unit-${index}` }, async () => {
            currentContext()?.setPrincipal({
              userId: organization.userId,
              orgId: organization.orgId,
              actorType: 'USER',
              actorId: organization.userId,
              role: null,
              scopes: [],
            });
            await unit(database, kind, organization.orgId, written);
          });
        }),
      );
    }
    expect(database.pools[0]?.usage).toMatchObject({ taken: 0, waiting: 0 });
    expect(database.pools[0]?.usage.open).toBeLessThanOrEqual(5);
    await withAdmin(test.urls.admin, async (admin) => {
      const open = await admin.query(
        `select state, query from pg_stat_activity where datname = current_database() and usename = 'app_login' and state <> 'idle'`,
      );
      expect(open.rows).toEqual([]);
      const { rows } = await admin.query<{ id: string }>('select id from app.agent order by id');
      expect(rows.map(({ id }) => id)).toEqual([...written].sort());
      await admin.query('delete from app.agent');
    });
    await database.close();
  });
});

async function unit(database: Database, kind: Kind, orgId: string, written: string[]): Promise<void> {
  const tenant = database.current;
  const rows = await tenant.query<{ org: string }>('select distinct org_id::text as org from app.agent');
  for (const { org } of rows) expect(org).toBe(orgId);
  const id = newId();
  const insert = 'insert into app.agent (org_id, id, name) values (:orgId, :id, :name)';
  const values = { id, name: id };
  switch (kind) {
    case 'read':
      return;
    case 'write':
      await tenant.transaction(async (tx) => {
        await tx.execute(insert, values);
        const seen = await tx.query<{ org: string }>('select app.current_org_id()::text as org');
        expect(seen).toEqual([{ org: orgId }]);
      });
      written.push(id);
      return;
    case 'throws':
      await expect(
        tenant.transaction(async (tx) => {
          await tx.execute(insert, values);
          throw new RangeError('aborted');
        }),
      ).rejects.toThrow(RangeError);
      return;
    case 'fails in SQL':
      await expect(tenant.query('select 1 / 0')).rejects.toMatchObject({ code: DIVISION_BY_ZERO });
      await expect(tenant.transaction((tx) => tx.query('select 1 / 0'))).rejects.toMatchObject({ code: DIVISION_BY_ZERO });
      return;
    case 'swallows':
      await expect(
        tenant.transaction(async (tx) => {
          await tx.execute(insert, values);
          await tx.query('select 1 / 0').catch(() => undefined);
        }),
      ).rejects.toMatchObject({ code: 'COMMIT_ROLLED_BACK' });
      return;
    case 'duplicate':
      await tenant.execute(insert, values);
      written.push(id);
      await expect(tenant.execute(insert, values)).rejects.toMatchObject({ code: UNIQUE_VIOLATION });
      return;
    case 'straggles':
      await tenant.transaction((tx) => {
        void tx.execute(insert, values);
        return Promise.resolve();
      });
      written.push(id);
      return;
    case 'dies':
      await expect(
        tenant.transaction(async (tx) => {
          await tx.execute(insert, values);
          const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
          await withAdmin(test.urls.admin, (admin) => admin.query('select pg_terminate_backend($1)', [row?.pid]));
          await tx.query('select pg_sleep(5)');
        }),
      ).rejects.toMatchObject({ code: 'CONNECTION_LOST', cause: { code: KILLED } });
  }
}

it('tells a caller that no connection became free in time', async () => {
  const database = await openDatabase({ urls: test.urls, settings: { poolSize: 1, acquireTimeoutMs: 100 } });
  const { orgId } = await createOrganization(test);
  await database.tenant(orgId).transaction(async (tx) => {
    await tx.query('select 1');
    await expect(database.tenant(orgId).query('select 1')).rejects.toThrow(PoolExhaustedError);
    await expect(database.tenant(orgId).query('select 1')).rejects.toMatchObject({ httpStatus: 503 });
  });
  expect(await database.tenant(orgId).query('select 1 as one')).toEqual([{ one: 1 }]);
  expect(database.pools[0]?.usage).toMatchObject({ taken: 0, waiting: 0 });
  await database.close();
});

it('does not count a transaction as done whose first statement got no connection', async () => {
  const database = await openDatabase({ urls: test.urls, settings: { poolSize: 1, acquireTimeoutMs: 100 } });
  const { orgId } = await createOrganization(test);
  await database.tenant(orgId).transaction(async (tx) => {
    await tx.query('select 1');
    const second = database.tenant(orgId).transaction((other) => other.query('select 1').catch(() => undefined));
    await expect(second).rejects.toMatchObject({ code: 'COMMIT_ROLLED_BACK' });
  });
  await database.close();
});

it('says that the database is not there, and gives the place back', async () => {
  const url = new URL(test.urls.login);
  url.port = '1';
  const database = await openDatabase({ urls: { login: url.href }, settings: { poolSize: 1 } });
  const { orgId } = await createOrganization(test);
  for (let attempt = 0; attempt < 3; attempt++) await expect(database.tenant(orgId).query('select 1')).rejects.toThrow(DatabaseUnavailableError);
  expect(database.pools[0]?.usage).toMatchObject({ taken: 0, waiting: 0, open: 0 });
  await database.close();
});

it('waits at the close for what is under way', async () => {
  const database = await openDatabase({ urls: test.urls });
  const { orgId } = await createOrganization(test);
  const work = database.tenant(orgId).query('select pg_sleep(0.1)::text as slept');
  await new Promise((resolve) => setImmediate(resolve));
  const [rows] = await Promise.all([work, work.then(() => database.close())]);
  expect(rows).toEqual([{ slept: '' }]);
});
