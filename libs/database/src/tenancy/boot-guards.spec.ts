import pg from 'pg';
import { runMigrations } from '../migrations/run.js';
import { bootstrapRoles } from '../roles/bootstrap-roles.js';
import { startBareCluster, type BareCluster } from '../roles/testing/bare-cluster.js';
import { assertOneBoundary, assertWeakLogin } from './boot-guards.js';
import {
  BypassRowSecurityLoginError,
  CreateRoleLoginError,
  GrantingLoginError,
  InheritingLoginError,
  NoBoundaryError,
  OwnerLoginError,
  PowerlessLoginError,
  ReplicationLoginError,
  SharedLoginError,
  StrongerRoleLoginError,
  SuperuserLoginError,
  TableRightsLoginError,
  UnsafeLoginError,
} from './boot/errors.js';
import type { GuardedLogin } from './boot/guarded-logins.js';
import { LOGIN_RULES } from './boot/login-rules.js';

const PASSWORDS = { app_owner: 'pw', app_login: 'pw', app_privileged: 'pw', app_queue: 'pw' };
const LOGIN_OF: Record<GuardedLogin, string> = { login: 'app_login', privileged: 'app_privileged', queue: 'app_queue' };

interface Fault {
  readonly what: string;
  readonly which: GuardedLogin;
  readonly plant: string;
  /** Where the server's version decides how the fault is made. */
  readonly plantBefore16?: string;
  readonly error: (typeof LOGIN_RULES)[number]['error'];
  readonly names: string;
}

const FAULTS: readonly Fault[] = [
  { what: 'a superuser', which: 'login', plant: 'alter role app_login superuser', error: SuperuserLoginError, names: 'superuser' },
  {
    what: 'a superuser by way of its tenant role',
    which: 'login',
    plant: 'alter role app_tenant superuser',
    error: SuperuserLoginError,
    names: '"app_tenant"',
  },
  { what: 'BYPASSRLS', which: 'login', plant: 'alter role app_login bypassrls', error: BypassRowSecurityLoginError, names: 'BYPASSRLS' },
  { what: 'BYPASSRLS of its tenant role', which: 'login', plant: 'alter role app_tenant bypassrls', error: BypassRowSecurityLoginError, names: '"app_tenant"' },
  { what: 'BYPASSRLS of the queue', which: 'queue', plant: 'alter role app_queue bypassrls', error: BypassRowSecurityLoginError, names: 'DATABASE_QUEUE_URL' },
  { what: 'CREATEROLE', which: 'privileged', plant: 'alter role app_privileged createrole', error: CreateRoleLoginError, names: 'CREATEROLE' },
  { what: 'REPLICATION', which: 'login', plant: 'alter role app_login replication', error: ReplicationLoginError, names: 'REPLICATION' },
  { what: 'a table of its own', which: 'login', plant: 'alter table app.thing owner to app_login', error: OwnerLoginError, names: 'app.thing' },
  {
    what: 'a table that its tenant role owns',
    which: 'login',
    plant: 'alter table app.thing owner to app_tenant',
    error: OwnerLoginError,
    names: '"app_tenant"',
  },
  { what: 'the schema', which: 'privileged', plant: 'alter schema app owner to app_privileged', error: OwnerLoginError, names: 'schema app' },
  { what: 'a function', which: 'login', plant: 'alter function app.f(integer) owner to app_login', error: OwnerLoginError, names: 'app.f(integer)' },
  { what: 'the database', which: 'login', plant: 'alter database plinth owner to app_login', error: OwnerLoginError, names: 'plinth' },
  { what: 'a way to the administrator', which: 'login', plant: 'grant app_admin to app_login', error: StrongerRoleLoginError, names: '"app_admin"' },
  {
    what: 'a way to the owner, through its tenant role',
    which: 'login',
    plant: 'grant app_owner to app_tenant',
    error: StrongerRoleLoginError,
    names: '"app_tenant"',
  },
  {
    what: 'a way to a role of the server',
    which: 'login',
    plant: 'grant pg_read_all_data to app_login',
    error: StrongerRoleLoginError,
    names: 'pg_read_all_data',
  },
  {
    what: 'a way to the tenant role, for the queue',
    which: 'queue',
    plant: 'grant app_tenant to app_queue',
    error: StrongerRoleLoginError,
    names: '"app_tenant"',
  },
  {
    what: 'inherited rights',
    which: 'login',
    plant: 'grant app_tenant to app_login with inherit true',
    plantBefore16: 'alter role app_login inherit',
    error: InheritingLoginError,
    names: 'without entering',
  },
  {
    what: 'the right to hand its role on',
    which: 'login',
    plant: 'grant app_tenant to app_login with admin option',
    error: GrantingLoginError,
    names: 'give "app_tenant"',
  },
  { what: 'rights on a table', which: 'login', plant: 'grant select on app.thing to app_login', error: TableRightsLoginError, names: 'app.thing' },
  {
    what: 'rights on a column',
    which: 'privileged',
    plant: 'grant update (id) on app.thing to app_privileged',
    error: TableRightsLoginError,
    names: 'app.thing',
  },
  {
    what: 'rights on a table that PUBLIC has',
    which: 'queue',
    plant: 'grant truncate on app.thing to public',
    error: TableRightsLoginError,
    names: 'app.thing',
  },
  { what: 'no way to its role', which: 'login', plant: 'revoke app_tenant from app_login', error: PowerlessLoginError, names: 'cannot become "app_tenant"' },
  {
    what: 'a way to only one of its roles',
    which: 'privileged',
    plant: 'revoke app_auth from app_privileged',
    error: PowerlessLoginError,
    names: 'cannot become "app_auth"',
  },
];

describe('a login that is not as its row says', () => {
  let cluster: BareCluster;
  let admin: pg.Client;
  let major: number;
  const clients = new Map<GuardedLogin, pg.Client>();
  const clientOf = (which: GuardedLogin): pg.Client => {
    const client = clients.get(which);
    if (!client) throw new Error(`no client for ${which}`);
    return client;
  };

  beforeAll(async () => {
    cluster = await startBareCluster();
    await cluster.createDatabase('plinth');
    admin = await cluster.connect('plinth');
    await bootstrapRoles(admin, { database: 'plinth', passwords: PASSWORDS });
    await admin.query('set role app_owner');
    await admin.query('create table app.thing (id int); create table app.migration (id int); create table app.job (id int)');
    await admin.query('create function app.f(n int) returns int language sql return n');
    await admin.query('grant select on app.migration to app_login, app_privileged, app_queue; grant select, update on app.job to app_queue');
    await admin.query('reset role');
    for (const which of ['login', 'privileged', 'queue'] as const) clients.set(which, await cluster.connect('plinth', LOGIN_OF[which], 'pw'));
    const { rows } = await admin.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`);
    major = rows[0]?.major ?? 0;
  });
  afterAll(() => cluster.drop());

  test.each(['login', 'privileged', 'queue'] as const)('the bootstrap makes a %s that passes', async (which) => {
    await expect(assertWeakLogin(clientOf(which), which)).resolves.toBeUndefined();
  });

  test.each(FAULTS)('$which with $what is refused, the statement in the error mends it, and only its own rule sees it', async (fault) => {
    const client = clientOf(fault.which);
    await admin.query(major < 16 ? (fault.plantBefore16 ?? fault.plant) : fault.plant);

    const refusal: unknown = await assertWeakLogin(client, fault.which).catch((error: unknown) => error);
    const others = LOGIN_RULES.filter((rule) => rule.error !== fault.error);
    const withoutTheRule: unknown = await assertWeakLogin(client, fault.which, others).catch((error: unknown) => error);
    const mend = refusal instanceof UnsafeLoginError ? refusal.mend : 'select 1';
    await admin.query(mend);

    expect(refusal).toBeInstanceOf(fault.error);
    expect(String(refusal)).toContain(fault.names);
    expect(String(refusal)).toContain(mend);
    expect(withoutTheRule).not.toBeInstanceOf(fault.error);
    await expect(assertWeakLogin(client, fault.which)).resolves.toBeUndefined();
  });

  test('the logins of a migrated database pass', async () => {
    await cluster.createDatabase('migrated');
    await bootstrapRoles(await cluster.connect('migrated'), { database: 'migrated' });
    const ownerUrl = new URL(cluster.adminUrl('migrated'));
    ownerUrl.username = 'app_owner';
    ownerUrl.password = PASSWORDS.app_owner;
    await runMigrations(ownerUrl.href);
    for (const which of ['login', 'privileged', 'queue'] as const) {
      await assertWeakLogin(await cluster.connect('migrated', LOGIN_OF[which], 'pw'), which);
    }
  });

  test('every rule has a fault that only it finds', () => {
    expect(new Set(FAULTS.map(({ error }) => error))).toEqual(new Set(LOGIN_RULES.map(({ error }) => error)));
  });

  test('it is the login that is judged, whatever role is entered at the moment', async () => {
    const client = clientOf('login');
    await client.query('begin');
    await client.query('set local role app_tenant');
    await expect(assertWeakLogin(client, 'login')).resolves.toBeUndefined();
    await client.query('rollback');
  });

  describe('the boundary between logins', () => {
    test('stands between the three that the bootstrap makes', async () => {
      await expect(assertOneBoundary(Object.fromEntries(clients))).resolves.toBeUndefined();
    });

    test('is gone when two variables hold the same login', async () => {
      const error: unknown = await assertOneBoundary({ login: clientOf('queue'), queue: clientOf('queue') }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(SharedLoginError);
      expect(error).toMatchObject({ login: 'app_queue', variables: ['DATABASE_URL', 'DATABASE_QUEUE_URL'] });
    });

    test.each([
      ['privileged', 'grant app_tenant to app_privileged'],
      ['login', 'grant app_auth to app_login'],
    ] as const)('is gone when %s can become both sides', async (which, plant) => {
      await admin.query(plant);
      const error: unknown = await assertOneBoundary(Object.fromEntries(clients)).catch((caught: unknown) => caught);
      await admin.query(error instanceof UnsafeLoginError ? error.mend : 'select 1');
      expect(error).toBeInstanceOf(NoBoundaryError);
      expect(error).toMatchObject({ login: LOGIN_OF[which] });
      await expect(assertOneBoundary(Object.fromEntries(clients))).resolves.toBeUndefined();
    });
  });
});
