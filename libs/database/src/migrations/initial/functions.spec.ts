import pg from 'pg';
import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { isUuid, newId } from '../../ids.js';
import { INITIAL_FUNCTIONS_DOWN, INITIAL_FUNCTIONS_UP } from './functions.sql.js';

const TIMEOUTS = '30000, 5000, 20000';
const TENANT = `select app.enter_tenant($1, 'USER', $2, 'request-1', ${TIMEOUTS})`;

describe('the functions of the initial migration', () => {
  let database: TestDatabase;
  let ours: TestOrganization;
  let theirs: TestOrganization;
  let admin: pg.Client;
  let login: pg.Client;
  let privileged: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    ours = await createOrganization(database, { slug: 'ours' });
    theirs = await createOrganization(database, { slug: 'theirs' });
    [admin, login, privileged] = await Promise.all([connect(database.urls.admin), connect(database.urls.login), connect(database.urls.privileged)]);
  });
  afterAll(async () => {
    await Promise.all([admin, login, privileged].map((client) => client.end()));
    await database.drop();
  });
  afterEach(() => Promise.all([login, privileged].map((client) => client.query('rollback'))));

  describe('app.enter_tenant', () => {
    test('sets role, organization, actor, request and timeouts for this transaction only', async () => {
      await login.query('begin');
      await login.query(TENANT, [ours.orgId, ours.userId]);
      expect(await contextOf(login)).toEqual({
        role: 'app_tenant', org: ours.orgId, actorType: 'USER', actor: ours.userId, user: ours.userId, request: 'request-1',
        timeouts: ['30s', '5s', '20s'],
      });
      await login.query('commit');
      const { rows } = await login.query(`select current_user as role, current_setting('app.current_org_id', true) as org, current_setting('statement_timeout') as timeout`);
      expect(rows[0]).toMatchObject({ role: 'app_login', org: '', timeout: '0' });
    });

    test('has no user where the actor is not one', async () => {
      await login.query('begin');
      await login.query(`select app.enter_tenant($1, 'API_KEY', $2, null, ${TIMEOUTS})`, [ours.orgId, newId()]);
      expect(await contextOf(login)).toMatchObject({ actorType: 'API_KEY', user: null, request: null });
    });

    test.each([
      ['no organization', `select app.enter_tenant(null, 'USER', null, null, ${TIMEOUTS})`, 'PL001'],
      ['no timeout', `select app.enter_tenant(gen_random_uuid(), 'USER', null, null, null, 1, 1)`, 'PL003'],
      ['a negative timeout', `select app.enter_tenant(gen_random_uuid(), 'USER', null, null, 1, -1, 1)`, 'PL003'],
      ['an organization that is no UUID', `select app.enter_tenant('x', 'USER', null, null, ${TIMEOUTS})`, '22P02'],
    ])('refuses %s', async (_name, statement, code) => {
      await login.query('begin');
      await expect(login.query(statement)).rejects.toMatchObject({ code });
    });

    test('refuses a connection on which an organization is still set', async () => {
      await login.query(`set app.current_org_id = '${theirs.orgId}'`);
      await expect(login.query(TENANT, [ours.orgId, ours.userId])).rejects.toMatchObject({ code: 'PL002' });
      await login.query('reset app.current_org_id');
    });

    test('refuses a connection on which a role is still taken', async () => {
      await admin.query('begin');
      await admin.query('set local role app_owner');
      await expect(admin.query(TENANT, [ours.orgId, ours.userId])).rejects.toMatchObject({ code: 'PL002' });
      await admin.query('rollback');
    });

    test('cannot be called by who has entered', async () => {
      await login.query('begin');
      await login.query(TENANT, [ours.orgId, ours.userId]);
      await expect(login.query(TENANT, [theirs.orgId, theirs.userId])).rejects.toMatchObject({ code: '42501' });
    });

    test.each([
      ['a quote', `' ; select 1; --`],
      ['a backslash', `a\\'b`],
      ['a percent sign', '%L %s'],
      ['a dollar quote', '$$ $1'],
    ])('takes a request id with %s as text', async (_name, requestId) => {
      await login.query('begin');
      await login.query(`select app.enter_tenant($1, 'USER', null, $2, ${TIMEOUTS})`, [ours.orgId, requestId]);
      expect(await contextOf(login)).toMatchObject({ request: requestId, role: 'app_tenant', org: ours.orgId });
    });
  });

  test('app.enter_auth takes the role before a tenant is known, with a user or without', async () => {
    await privileged.query('begin');
    await privileged.query(`select app.enter_auth($1, 'request-2', ${TIMEOUTS})`, [ours.userId]);
    expect(await contextOf(privileged)).toMatchObject({ role: 'app_auth', org: null, user: ours.userId, request: 'request-2' });
    await privileged.query('rollback');
    await privileged.query('begin');
    await privileged.query(`select app.enter_auth(null, null, ${TIMEOUTS})`);
    expect(await contextOf(privileged)).toMatchObject({ role: 'app_auth', user: null, actorType: null });
  });

  test('app.enter_admin wants to know who it is', async () => {
    await privileged.query('begin');
    await privileged.query(`select app.enter_admin('ada', null, ${TIMEOUTS})`);
    expect(await contextOf(privileged)).toMatchObject({ role: 'app_admin', actorType: 'SYSTEM', org: null });
    await privileged.query('rollback');
    await expect(privileged.query(`select app.enter_admin('', null, ${TIMEOUTS})`)).rejects.toMatchObject({ code: 'PL003' });
  });

  test.each([
    ['enter_auth', `select app.enter_auth(null, null, ${TIMEOUTS})`],
    ['enter_admin', `select app.enter_admin('x', null, ${TIMEOUTS})`],
    ['write_audit', `select app.write_audit('x', 'x', 'x', '{}')`],
    ['current_org_id', 'select app.current_org_id()'],
  ])('the services’ login may not call %s by itself', async (_name, statement) => {
    await expect(login.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('app.current_org_id is inlined, so that a policy can use an index', async () => {
    await login.query('begin');
    await login.query(TENANT, [ours.orgId, ours.userId]);
    await login.query('set local enable_seqscan = off');
    const { rows } = await login.query<{ 'QUERY PLAN': string }>('explain (costs off) select * from app.agent');
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Index Cond: \(org_id = \(NULLIF\(current_setting\('app\.current_org_id'/);
  });

  test('app.write_audit takes organization, actor and request from the context, and makes a UUIDv7', async () => {
    const before = Date.now();
    await login.query('begin');
    await login.query(TENANT, [ours.orgId, ours.userId]);
    const { rows } = await login.query<{ id: string }>(`select app.write_audit('agent.created', 'agent', 'a1', '{"name":"x"}') as id`);
    const id = rows[0]?.id ?? '';
    expect(isUuid(id)).toBe(true);
    expect(id[14]).toBe('7');
    expect('89ab').toContain(id[19]);
    const at = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(at).toBeGreaterThanOrEqual(before - 1_000);
    expect(at).toBeLessThanOrEqual(Date.now() + 1_000);
    const { rows: entries } = await login.query(
      'select org_id, actor_type, actor_id, action, subject_type, subject_id, changes, request_id from app.audit_log where id = $1', [id],
    );
    expect(entries[0]).toEqual({
      org_id: ours.orgId, actor_type: 'USER', actor_id: ours.userId, action: 'agent.created', subject_type: 'agent', subject_id: 'a1',
      changes: { name: 'x' }, request_id: 'request-1',
    });
  });

  test('app.shares_organization knows the members of the entered organization and no others', async () => {
    await login.query('begin');
    await login.query(TENANT, [ours.orgId, ours.userId]);
    const { rows } = await login.query('select app.shares_organization($1) as mine, app.shares_organization($2) as other', [ours.userId, theirs.userId]);
    expect(rows[0]).toEqual({ mine: true, other: false });
  });

  test('updated_at moves and version rises on an update by plain SQL', async () => {
    await admin.query('begin');
    const change = async (): Promise<{ version: number; updated_at: Date }> => {
      const { rows } = await admin.query<{ version: number; updated_at: Date }>(
        `update app.organization set description = 'x' where id = $1 returning version, updated_at`, [ours.orgId],
      );
      return rows[0] ?? { version: 0, updated_at: new Date(0) };
    };
    const [first, second] = [await change(), await change()];
    await admin.query('rollback');
    expect(second.version).toBe(first.version + 1);
    expect(second.updated_at.getTime()).toBeGreaterThanOrEqual(first.updated_at.getTime());
  });

  test('PUBLIC may run none of them, and each is run by exactly who needs it', async () => {
    const { rows } = await admin.query<{ name: string; callers: string }>(
      `select p.proname as name, string_agg(coalesce(r.rolname, 'PUBLIC'), ', ' order by r.rolname) as callers
       from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a left join pg_roles r on r.oid = a.grantee
       where p.pronamespace = 'app'::regnamespace and p.proname = any ($1) and a.grantee <> p.proowner group by 1 order by 1`,
      [INITIAL_FUNCTIONS_UP.flatMap((statement) => /^create function app\.(\w+)/.exec(statement)?.[1] ?? [])],
    );
    const readers = 'app_admin, app_auth, app_tenant';
    expect(Object.fromEntries(rows.map((row) => [row.name, row.callers]))).toEqual({
      current_actor_id: readers, current_actor_type: readers, current_org_id: readers, current_request_id: readers, current_user_id: readers,
      enter_admin: 'app_privileged', enter_auth: 'app_privileged', enter_tenant: 'app_login',
      shares_organization: 'app_tenant', write_audit: 'app_tenant',
    });
  });

  test('there is a drop for every create', () => {
    const names = (statements: readonly string[], pattern: RegExp): string[] => statements.flatMap((text) => pattern.exec(text)?.[1] ?? []);
    expect(names(INITIAL_FUNCTIONS_DOWN, /^drop function app\.(\w+)/)).toEqual(names(INITIAL_FUNCTIONS_UP, /^create function app\.(\w+)/).reverse());
  });
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function contextOf(client: pg.Client): Promise<object> {
  const { rows } = await client.query<object>(
    `select current_user::text as role, app.current_org_id() as org, app.current_actor_type() as "actorType", app.current_actor_id() as actor,
       app.current_user_id() as "user", app.current_request_id() as request,
       array[current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')] as timeouts`,
  );
  return rows[0] ?? {};
}
