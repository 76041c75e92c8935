import pg from 'pg';
import { bootstrapRoles, type BootstrapResult } from './bootstrap-roles.js';
import { applyDatabaseGrants } from './database-grants.js';
import { RoleBootstrapDeniedError, SchemaTakenError, WrongDatabaseError } from './errors.js';
import { ROLE_TABLE } from './role-table.js';
import { startBareCluster, type BareCluster } from './testing/bare-cluster.js';

const PASSWORDS = { app_owner: 'owner-pw', app_login: 'login-pw', app_privileged: 'privileged-pw', app_queue: 'queue-pw' };

describe('bootstrapRoles', () => {
  let cluster: BareCluster;
  let admin: pg.Client;
  const bootstrap = (options: Partial<Parameters<typeof bootstrapRoles>[1]> = {}): Promise<BootstrapResult> =>
    bootstrapRoles(admin, { database: 'plinth', ...options });

  beforeAll(async () => {
    cluster = await startBareCluster();
  });
  afterAll(() => cluster.drop());
  beforeEach(async () => {
    await cluster.wipe();
    await cluster.createDatabase('plinth');
    admin = await cluster.connect('plinth');
  });

  test('makes every role as its row says, and nothing stronger', async () => {
    await bootstrap();
    expect(await rolesOf(admin)).toEqual(expectedRoles());
  });

  test('changes nothing when it runs again', async () => {
    const first = await bootstrap({ passwords: PASSWORDS });
    const second = await bootstrap({ passwords: PASSWORDS });
    expect(first.changes.length).toBeGreaterThan(10);
    expect(second.changes).toEqual([]);
  });

  test('makes random passwords for new logins, keeps those of existing ones, and changes them only when asked', async () => {
    const made = await bootstrap();
    expect(Object.keys(made.passwords).sort()).toEqual(['app_login', 'app_owner', 'app_privileged', 'app_queue']);
    await cluster.connect('plinth', 'app_login', made.passwords.app_login);

    expect((await bootstrap()).passwords).toEqual({});
    await cluster.connect('plinth', 'app_login', made.passwords.app_login);

    const rotated = await bootstrap({ rotatePasswords: true });
    await cluster.connect('plinth', 'app_login', rotated.passwords.app_login);
    await expect(cluster.connect('plinth', 'app_login', made.passwords.app_login)).rejects.toMatchObject({ code: '28P01' });
  });

  test('never sends a password as it is, nor returns it among the changes', async () => {
    const sent: string[] = [];
    const { changes } = await bootstrapRoles(recording(admin, sent), { database: 'plinth', passwords: PASSWORDS });
    const all = [...sent, ...changes].join('\n');
    for (const password of Object.values(PASSWORDS)) expect(all).not.toContain(password);
    expect(changes.join('\n')).not.toContain('SCRAM');
    expect(sent.join('\n')).toContain('SCRAM-SHA-256$');
  });

  test('mends roles that were made stronger', async () => {
    await bootstrap();
    await admin.query('alter role app_login inherit bypassrls createrole createdb replication');
    await admin.query('alter role app_auth login');
    await admin.query('grant app_admin to app_login');
    await admin.query('revoke app_tenant from app_login');
    await bootstrap();
    expect(await rolesOf(admin)).toEqual(expectedRoles());
  });

  test('gives a role that was dropped and made again the advisory locks that were opened to it before', async () => {
    await bootstrap();
    await admin.query('drop owned by app_queue; drop role app_queue');
    await bootstrap();
    const { rows } = await admin.query(
      `select role, count(*) filter (where has_function_privilege(role, p.oid, 'EXECUTE')) > 0 as locks
       from unnest(array['app_owner', 'app_queue', 'app_tenant', 'app_login']) role, pg_proc p where p.proname like 'pg\_advisory\_%' group by role order by role`,
    );
    expect(rows).toEqual([
      { role: 'app_login', locks: false },
      { role: 'app_owner', locks: true },
      { role: 'app_queue', locks: true },
      { role: 'app_tenant', locks: false },
    ]);
    expect((await bootstrap()).changes).toEqual([]);
  });

  test('lets the entered roles log in on a cluster, and only there', async () => {
    await bootstrap({ clusterLogins: true });
    const { rows } = await admin.query(`select rolname from pg_roles where rolname like 'app\\_%' and rolcanlogin order by 1`);
    expect(rows.map((row: { rolname: string }) => row.rolname)).toEqual(['app_admin', 'app_login', 'app_owner', 'app_privileged', 'app_queue', 'app_tenant']);
    const { rows: settings } = await admin.query(`select rolconfig from pg_roles where rolname = 'app_login'`);
    expect(settings).toEqual([{ rolconfig: ['search_path=app', 'citus.propagate_set_commands=local'] }]);
    expect((await bootstrap({ clusterLogins: true })).changes).toEqual([]);
  });

  test('works for a caller that has only CREATEROLE and owns the database, and gives back the membership it takes', async () => {
    await withManager(cluster, async (manager) => {
      const first = await bootstrapRoles(manager, { database: 'managed', passwords: PASSWORDS });
      expect(first.leftOpen).toContain('set_config');
      expect(await rolesOf(admin)).toEqual(expectedRoles());
      const { rows } = await manager.query<{ inherits: boolean }>(`select pg_has_role('app_owner', 'USAGE') as inherits`);
      expect(rows[0]?.inherits).toBe(false);
      const second = await bootstrapRoles(manager, { database: 'managed' });
      expect(second.changes).toEqual([]);
      const owner = await cluster.connect('managed', 'app_owner', PASSWORDS.app_owner);
      await owner.query('create table app.thing (id int)');
      await owner.end();
    });
  });

  test('says which statement was refused when the caller may not make roles', async () => {
    await admin.query(`create role nobody_special login password 'pw'`);
    try {
      const weak = await cluster.connect('plinth', 'nobody_special', 'pw');
      const error: unknown = await bootstrapRoles(weak, { database: 'plinth' }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(RoleBootstrapDeniedError);
      expect(error).toMatchObject({ caller: 'nobody_special', statement: expect.stringContaining('CREATE ROLE "app_owner"') });
      expect((await weak.query('select 1')).rowCount).toBe(1);
    } finally {
      await cluster.wipe();
      const root = await cluster.connect('postgres');
      await root.query('drop role nobody_special');
    }
  });

  test('is all or nothing: a schema that belongs to somebody else leaves no role behind', async () => {
    await admin.query('create schema app');
    await expect(bootstrap()).rejects.toBeInstanceOf(SchemaTakenError);
    expect(await rolesOf(admin)).toEqual([]);
  });

  test('refuses a connection to another database than the one it names', async () => {
    await expect(bootstrapRoles(admin, { database: 'elsewhere' })).rejects.toBeInstanceOf(WrongDatabaseError);
  });

  test('several at once, in two databases of one cluster, all succeed', async () => {
    await cluster.createDatabase('second');
    const clients = await Promise.all(['plinth', 'second', 'plinth', 'second', 'plinth', 'second'].map((name) => cluster.connect(name)));
    await Promise.all(clients.map((client, index) => bootstrapRoles(client, { database: index % 2 === 0 ? 'plinth' : 'second', passwords: PASSWORDS })));
    expect(await rolesOf(admin)).toEqual(expectedRoles());
    await cluster.connect('second', 'app_queue', PASSWORDS.app_queue);
  });
});

describe('what the bootstrap closes to everybody', () => {
  let cluster: BareCluster;
  let superuser: pg.Client;
  let login: pg.Client;
  let owner: pg.Client;

  beforeAll(async () => {
    cluster = await startBareCluster();
    await cluster.createDatabase('plinth');
    superuser = await cluster.connect('plinth');
    await bootstrapRoles(superuser, { database: 'plinth', passwords: PASSWORDS });
    owner = await cluster.connect('plinth', 'app_owner', PASSWORDS.app_owner);
    await owner.query(`create function app.secret() returns int language sql return 1`);
    login = await cluster.connect('plinth', 'app_login', PASSWORDS.app_login);
  });
  afterAll(() => cluster.drop());

  test.each([
    ['an advisory lock of the session', 'select pg_advisory_lock(1)'],
    ['an advisory lock of the transaction', 'select pg_advisory_xact_lock(1, 1)'],
    ['taking away the advisory locks of the session', 'select pg_advisory_unlock_all()'],
    ['set_config', `select set_config('app.current_org_id', 'x', true)`],
    ['an update of pg_settings, which calls set_config', `update pg_settings set setting = 'public' where name = 'search_path'`],
    ['making a large object', 'select lo_creat(1)'],
    ['making a large object with bytes', `select lo_from_bytea(0, 'x')`],
    ['reading a large object', 'select lo_get(1)'],
    ['opening a large object', 'select lo_open(1, 262144)'],
    ['a temporary table', 'create temp table mine (id int)'],
    ['a temporary function', 'create function pg_temp.mine() returns int language sql return 1'],
    ['a table in schema public', 'create table public.mine (id int)'],
    ['a table in schema app', 'create table app.mine (id int)'],
    ['a function of the owner that nobody was granted', 'select app.secret()'],
    ['becoming the administrator', 'set role app_admin'],
  ])('%s is refused, as the login and as the tenant', async (_name, statement) => {
    await expect(login.query(statement)).rejects.toMatchObject({ code: '42501' });
    await login.query('begin');
    await login.query('set local role app_tenant');
    await expect(login.query(statement)).rejects.toMatchObject({ code: '42501' });
    await login.query('rollback');
  });

  test('SET hidden in a function that runs SQL text is refused', async () => {
    await expect(login.query(`select query_to_xml('set local work_mem = ''1MB''', true, true, '')`)).rejects.toMatchObject({ code: '0A000' });
  });

  test('the owner keeps set_config, which pg_dump calls', async () => {
    await expect(owner.query(`select set_config('search_path', '', false)`)).resolves.toBeDefined();
  });

  test('a database made from a template needs its own grants again, and gets them', async () => {
    await Promise.all([owner, login, superuser].map((client) => client.end()));
    const root = await cluster.connect('postgres');
    await root.query('create database clone template plinth');
    const before = await cluster.connect('clone', 'app_login', PASSWORDS.app_login);
    await expect(before.query(`select set_config('a.b', 'x', true)`)).rejects.toMatchObject({ code: '42501' });
    await expect(before.query('create temp table mine (id int)')).resolves.toBeDefined();
    await before.end();
    const admin = await cluster.connect('clone');
    await applyDatabaseGrants(admin);
    const after = await cluster.connect('clone', 'app_login', PASSWORDS.app_login);
    await expect(after.query('create temp table mine (id int)')).rejects.toMatchObject({ code: '42501' });
    await after.end();
    await admin.end();
    await root.query('drop database clone with (force)');
  });
});

interface RoleFacts {
  readonly name: string;
  readonly login: boolean;
  readonly strong: boolean;
  readonly inherit: boolean;
  readonly members: readonly string[];
}

function expectedRoles(): RoleFacts[] {
  return ROLE_TABLE.map(({ name, login, memberOf }) => ({ name, login, strong: false, inherit: false, members: memberOf.toSorted() })).toSorted((a, b) =>
    a.name.localeCompare(b.name),
  );
}

/** What the catalogue says; `members` are the roles it is in, followed by what it inherits or may hand on, which should be nothing. */
async function rolesOf(admin: pg.Client): Promise<RoleFacts[]> {
  const { rows } = await admin.query<RoleFacts>(
    `select r.rolname as name, r.rolcanlogin as login, r.rolinherit as inherit,
       r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls as strong,
       coalesce((
         select json_agg(distinct g.rolname || case when m.admin_option then ' with admin' else '' end
           || case when pg_has_role(r.oid, g.oid, 'USAGE') then ' inherited' else '' end)
         from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid), '[]') as members
     from pg_roles r where r.rolname = any ($1) order by r.rolname collate "C"`,
    [ROLE_TABLE.map(({ name }) => name)],
  );
  return rows;
}

/** A role as managed servers give it out, and a database that it owns. */
async function withManager(cluster: BareCluster, work: (manager: pg.Client) => Promise<void>): Promise<void> {
  const root = await cluster.connect('postgres');
  await root.query(`create role manager login createrole createdb password 'pw'`);
  await cluster.createDatabase('managed', 'manager');
  const manager = await cluster.connect('managed', 'manager', 'pw');
  await work(manager);
  await cluster.wipe();
  const again = await cluster.connect('postgres');
  await again.query('drop role manager');
}

/** The same client, which notes the text of what it sends. */
function recording(client: pg.Client, sent: string[]): pg.Client {
  return new Proxy(client, {
    get: (target, key) => {
      const own: unknown = Reflect.get(target, key);
      if (key !== 'query') return own;
      return (...args: unknown[]): unknown => {
        sent.push(String(args[0]));
        return Reflect.apply(target.query, target, args);
      };
    },
  });
}
