import { newId } from '../ids.js';
import { withAdmin } from '../testing/admin.js';
import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../testing/test-database.js';
import { openDatabase, type Database } from './database.js';
import { PoolNotOpenError, StatementRefusedError, TransactionEndedError, UnknownDatabaseError } from './errors.js';
import { closeFurtherDatabases, getDatabaseConnection } from './further-databases.js';
import { closeProcessDatabase, createTenantConnection, createUnrestrictedConnection } from './process-database.js';
import type { Sql } from './sql.js';

let test: TestDatabase;
let database: Database;
let first: TestOrganization;
let second: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await test.open();
  first = await createOrganization(test);
  second = await createOrganization(test);
});
afterAll(() => test.drop());

interface AccessRow {
  use_id: string;
  event: string;
  actor: string;
  reason: string;
  statements: number | string | null;
}

async function accessRows(reason: string): Promise<AccessRow[]> {
  const { rows } = await withAdmin(test.urls.admin, (admin) =>
    admin.query<AccessRow>('select use_id, event, actor, reason, statements from app.unrestricted_access where reason = $1 order by id', [reason]),
  );
  return rows;
}

describe('unrestricted work', () => {
  it('sees every organization, and leaves a row before it and one after it', async () => {
    const seen = await database.unrestricted.run({ reason: 'count', actor: 'ops' }, async (sql) => {
      expect((await accessRows('count')).map(({ event }) => event)).toEqual(['STARTED']);
      await sql.query('select 1');
      return sql.query<{ id: string }>('select id from app.organization');
    });
    expect(seen.map(({ id }) => id)).toEqual(expect.arrayContaining([first.orgId, second.orgId]));
    const rows = await accessRows('count');
    expect(rows.map(({ event, actor, statements }) => [event, actor, statements === null ? null : Number(statements)])).toEqual([
      ['STARTED', 'ops', null],
      ['ENDED', 'ops', 2],
    ]);
    expect(new Set(rows.map(({ use_id }) => use_id)).size).toBe(1);
  });

  it('records the end of work that failed, and rolls it back', async () => {
    await expect(
      database.unrestricted.run({ reason: 'fails', actor: 'ops' }, async (sql) => {
        await sql.execute('update app.organization set name = :name', { name: 'everybody' });
        await sql.query('select 1 / 0');
      }),
    ).rejects.toMatchObject({ code: '22012' });
    expect((await accessRows('fails')).map(({ event }) => event)).toEqual(['STARTED', 'ENDED']);
    const { rows } = await withAdmin(test.urls.admin, (admin) => admin.query(`select 1 from app.organization where name = 'everybody'`));
    expect(rows).toEqual([]);
  });

  it('does not begin without a reason and an actor', async () => {
    await expect(database.unrestricted.run({ reason: ' ', actor: 'ops' }, () => Promise.resolve())).rejects.toThrow(TypeError);
    await expect(database.unrestricted.run({ reason: 'x', actor: '' }, () => Promise.resolve())).rejects.toThrow(TypeError);
  });

  it('takes no statement after its end, nor one that is not sent anywhere', async () => {
    let kept: Sql | undefined;
    await database.unrestricted.run({ reason: 'kept', actor: 'ops' }, async (sql) => {
      kept = sql;
      await expect(sql.query('set role app_owner')).rejects.toThrow(StatementRefusedError);
    });
    await expect(kept?.query('select 1')).rejects.toThrow(TransactionEndedError);
  });
});

describe('what happens before a tenant is known', () => {
  it('runs as its own role, for a user once there is one', async () => {
    expect(await database.auth.query('select current_user::text as role, app.current_user_id() as person')).toEqual([{ role: 'app_auth', person: null }]);
    const memberships = await database.auth.run((sql) => sql.query('select org_id from app.organization_user'), first.userId);
    expect(memberships).toEqual([{ org_id: first.orgId }]);
    expect(await database.auth.run((sql) => sql.query('select org_id from app.organization_user'))).toEqual([]);
  });

  it("reads no tenant's rows", async () => {
    await expect(database.auth.query('select * from app.agent')).rejects.toMatchObject({ code: '42501' });
  });

  it('rolls back as a whole', async () => {
    const id = newId();
    await expect(
      database.auth.run(async (sql) => {
        await sql.execute(`insert into app."user" (id, email, name) values (:id, :email, 'x')`, { id, email: `${id}@example.test` });
        throw new RangeError('no');
      }, id),
    ).rejects.toThrow(RangeError);
    const { rows } = await withAdmin(test.urls.admin, (admin) => admin.query('select 1 from app."user" where id = $1', [id]));
    expect(rows).toEqual([]);
  });
});

describe("the queue's connection", () => {
  it("runs as the queue's login, with its limits from the start, and reads nothing else", async () => {
    expect(await database.queue.query(`select current_user::text as role, current_setting('statement_timeout') as timeout`)).toEqual([
      { role: 'app_queue', timeout: '30s' },
    ]);
    await expect(database.queue.query('select * from app.agent')).rejects.toMatchObject({ code: '42501' });
  });

  it('runs several statements in one transaction', async () => {
    const [one, two] = await database.queue.transaction(async (sql) => [
      await sql.query('select pg_current_xact_id()::text as id'),
      await sql.query('select pg_current_xact_id()::text as id'),
    ]);
    expect(one).toEqual(two);
  });
});

it('says which variable opens a pool that is not open', async () => {
  const small = await openDatabase({ urls: { login: test.urls.login } });
  expect(() => small.auth).toThrow(PoolNotOpenError);
  expect(() => small.unrestricted).toThrow('DATABASE_PRIVILEGED_URL');
  expect(() => small.queue).toThrow('DATABASE_QUEUE_URL');
  await small.close();
});

describe('further databases', () => {
  afterAll(() => closeFurtherDatabases());

  it('are reached by the name in their variable, without a tenant', async () => {
    const env = { DATABASES_LEGACY_CRM_URL: test.urls.owner, NODE_ENV: 'test' };
    const legacy = getDatabaseConnection('legacy-crm', env);
    expect(await legacy.query('select :a::int as a', { a: 1 })).toEqual([{ a: 1 }]);
    expect(await legacy.transaction((sql) => sql.query('select 2 as b'))).toEqual([{ b: 2 }]);
    await expect(legacy.query('set search_path = app')).rejects.toThrow(StatementRefusedError);
  });

  it('are listed when a name is unknown', () => {
    expect(() => getDatabaseConnection('crm', { DATABASES_LEGACY_URL: 'x', DATABASES_BILLING_URL: 'y' })).toThrow(UnknownDatabaseError);
    expect(() => getDatabaseConnection('crm', { DATABASES_LEGACY_URL: 'x', DATABASES_BILLING_URL: 'y' })).toThrow(
      'Known: legacy, billing. Set DATABASES_CRM_URL.',
    );
  });
});

it('gives scripts the same connections without Nest', async () => {
  const before = { DATABASE_URL: process.env['DATABASE_URL'], DATABASE_PRIVILEGED_URL: process.env['DATABASE_PRIVILEGED_URL'] };
  Object.assign(process.env, { DATABASE_URL: test.urls.login, DATABASE_PRIVILEGED_URL: test.urls.privileged });
  try {
    const tenant = await createTenantConnection(first.orgId, { actor: { actorType: 'WORKER' } });
    expect(await tenant.query('select app.current_org_id() as org, app.current_actor_type() as actor')).toEqual([{ org: first.orgId, actor: 'WORKER' }]);
    const unrestricted = await createUnrestrictedConnection();
    expect(await unrestricted.run({ reason: 'script', actor: 'me' }, (sql) => sql.query('select current_user::text as role'))).toEqual([{ role: 'app_admin' }]);
  } finally {
    await closeProcessDatabase();
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});

describe('listening', () => {
  async function notify(channel: string, payload: string): Promise<void> {
    await withAdmin(test.urls.admin, (admin) => admin.query('select pg_notify($1, $2)', [channel, payload]));
  }

  it('hears its channels, hears again after the connection broke, and stops', async () => {
    const heard: string[] = [];
    let wake = (): void => undefined;
    const next = (): Promise<void> => new Promise((resolve) => (wake = resolve));
    const stop = await database.listen('spec', (payload) => {
      heard.push(payload);
      wake();
    });
    let arrived = next();
    await notify('spec', 'one');
    await arrived;
    arrived = next();
    await withAdmin(test.urls.admin, (admin) =>
      admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like '% listen'`),
    );
    await arrived;
    arrived = next();
    await notify('spec', 'two');
    await arrived;
    await stop();
    await notify('spec', 'three');
    expect(heard).toEqual(['one', '', 'two']);
  });
});
