import { bootstrapRoles } from '../../roles/index.js';
import { Patient, complaints } from './testing/patient.js';

interface Illness {
  readonly what: string;
  readonly plant: readonly string[];
  readonly check: string;
  readonly outcome: 'wrong' | 'warning';
  readonly says: RegExp;
  readonly mend: RegExp;
}

const ILLNESSES: readonly Illness[] = [
  {
    what: 'a login that is a superuser',
    plant: ['alter role app_login superuser'],
    check: 'login-rules',
    outcome: 'wrong',
    says: /"app_login", which is a superuser/,
    mend: /^ALTER ROLE "app_login" NOSUPERUSER$/,
  },
  {
    what: 'a login with BYPASSRLS',
    plant: ['alter role app_queue bypassrls'],
    check: 'login-rules',
    outcome: 'wrong',
    says: /has BYPASSRLS/,
    mend: /^ALTER ROLE "app_queue" NOBYPASSRLS$/,
  },
  {
    what: 'an owner with BYPASSRLS',
    plant: ['alter role app_owner bypassrls'],
    check: 'roles',
    outcome: 'wrong',
    says: /^bypassRls should be "false", and is "true"\./,
    mend: /^ALTER ROLE "app_owner" NOBYPASSRLS$/,
  },
  {
    what: 'a login that owns a table',
    plant: ['grant create on schema app to app_login', 'alter table app.run owner to app_login', 'revoke create on schema app from app_login'],
    check: 'login-rules',
    outcome: 'wrong',
    says: /owns the table app\.run/,
    mend: /^ALTER TABLE app\.run OWNER TO "app_owner"$/,
  },
  {
    what: 'a login that is a member of app_admin',
    plant: ['grant app_admin to app_login'],
    check: 'login-rules',
    outcome: 'wrong',
    says: /can become "app_admin"/,
    mend: /^REVOKE "app_admin" FROM "app_login"/,
  },
  {
    what: 'a login that cannot enter its role',
    plant: ['revoke app_tenant from app_login'],
    check: 'login-rules',
    outcome: 'wrong',
    says: /cannot become "app_tenant"/,
    mend: /^GRANT "app_tenant" TO "app_login"/,
  },
  {
    what: 'a search path of a login that is gone',
    plant: ['alter role app_login reset search_path'],
    check: 'roles',
    outcome: 'wrong',
    says: /^It should be ".*", and is not there\./,
    mend: /^ALTER ROLE "app_login" SET "search_path" TO 'app'$/,
  },
  {
    what: 'temporary tables for everybody',
    plant: ['grant temporary on database plinth to public'],
    check: 'open-doors',
    outcome: 'warning',
    says: /^A temporary table or function outlives/,
    mend: /^REVOKE TEMPORARY ON DATABASE "plinth" FROM PUBLIC$/,
  },
  {
    what: 'CREATE on the database for everybody',
    plant: ['grant create on database plinth to public'],
    check: 'open-doors',
    outcome: 'warning',
    says: /^Who has CREATE on the database/,
    mend: /^REVOKE CREATE ON DATABASE "plinth" FROM PUBLIC$/,
  },
  {
    what: 'set_config opened again',
    plant: ['grant execute on function pg_catalog.set_config(text, text, boolean) to public'],
    check: 'open-doors',
    outcome: 'wrong',
    says: /^The bootstrap closed this function/,
    mend: /^REVOKE EXECUTE ON FUNCTION pg_catalog\.set_config\(.*\) FROM PUBLIC$/,
  },
  {
    what: 'triggers switched off for a database',
    plant: ['alter database plinth set session_replication_role = replica'],
    check: 'roles',
    outcome: 'wrong',
    says: /^Every new session starts with this setting/,
    mend: /^ALTER DATABASE "plinth" RESET "session_replication_role"$/,
  },
  {
    what: 'writing switched off for one login',
    plant: ['alter role app_queue in database plinth set default_transaction_read_only = on'],
    check: 'server-settings',
    outcome: 'wrong',
    says: /default_transaction_read_only = "on" \(set by: database user\), so that nothing can be written/,
    mend: /^ALTER ROLE "app_queue" IN DATABASE "plinth" RESET default_transaction_read_only$/,
  },
  {
    what: 'a configuration file that switches row security off',
    plant: ['alter system set row_security = off', 'select pg_reload_conf()'],
    check: 'server-settings',
    outcome: 'wrong',
    says: /row_security = "off" \(set by: configuration file\)/,
    mend: /^ALTER SYSTEM SET row_security = 'on';\nSELECT pg_reload_conf\(\)$/,
  },
  {
    what: 'a login with fewer connections than its pool',
    plant: ['alter role app_login connection limit 2'],
    check: 'connection-budget',
    outcome: 'wrong',
    says: /"app_login" may open 2 connections, and the pool of one process holds 10/,
    mend: /^ALTER ROLE "app_login" CONNECTION LIMIT -1$/,
  },
  {
    what: 'a database with fewer connections than a process holds',
    plant: ['alter database plinth connection limit 8'],
    check: 'connection-budget',
    outcome: 'wrong',
    says: /takes 8 connections, and one process may hold 18/,
    mend: /^ALTER DATABASE "plinth" CONNECTION LIMIT -1$/,
  },
  {
    what: 'a table whose rows the owner does not see',
    plant: ['drop policy owner_all on app.run'],
    check: 'owner',
    outcome: 'wrong',
    says: /does not see every row of "run"/,
    mend: /^create policy owner_all on app\."?run"? for all to app_owner/,
  },
];

describe('schema:doctor', () => {
  let patient: Patient;

  beforeAll(async () => {
    patient = await Patient.admit();
  }, 120_000);
  afterAll(() => patient.discharge());

  it('finds a fresh installation healthy', async () => {
    const report = await patient.examine();
    expect(complaints(report)).toEqual([]);
    expect(report.outcome).toBe('healthy');
    expect(report.connections.map(({ server }) => server?.role)).toEqual(['app_login', 'app_privileged', 'app_queue', 'app_owner']);
  });

  it.each(ILLNESSES)('sees $what, and the statement that it names mends it', async ({ plant, check, outcome, says, mend }) => {
    for (const statement of plant) await patient.admin.query(statement);
    const ill = complaints(await patient.examine());
    for (const diagnosis of ill) await patient.run(diagnosis);
    const [found] = ill.filter((one) => one.check === check && says.test(one.says));
    expect(found ?? ill).toMatchObject({ outcome, mend: { how: 'sql', sql: expect.stringMatching(mend) } });
    expect(complaints(await patient.examine())).toEqual([]);
  });

  it('names the doors that nobody ever closed, which db:roles closes', async () => {
    const asInitdbLeftIt = `update pg_catalog.pg_proc set proacl = null where proname = 'set_config' or proname ~ '^pg_(try_)?advisory_'`;
    await patient.admin.query(`set allow_system_table_mods = on; ${asInitdbLeftIt}; reset allow_system_table_mods`);
    const ill = complaints(await patient.examine());
    await bootstrapRoles(patient.admin, { database: 'plinth' });
    expect(ill).toMatchObject([
      {
        check: 'open-doors',
        outcome: 'warning',
        says: expect.stringMatching(/^Never closed to everybody on this server: set_config, advisory locks\./),
        mend: {
          how: 'command',
          command: expect.stringMatching(/^npm run db:roles -- --admin-url 'postgres:\/\/<administrator>@127\.0\.0\.1:\d+\/postgres' --database plinth$/),
        },
      },
    ]);
    expect(complaints(await patient.examine())).toEqual([]);
  });

  it('says one thing once, though two checks see it', async () => {
    await patient.admin.query('grant app_admin to app_login');
    const ill = complaints(await patient.examine());
    for (const diagnosis of ill) await patient.run(diagnosis);
    expect(ill.map(({ check }) => check)).toEqual(['login-rules']);
  });

  it('sees indexes of another version of a collation', async () => {
    await patient.admin.query(`create database sorted template template0 locale_provider icu icu_locale 'en' owner app_owner`);
    await patient.admin.query(
      `set allow_system_table_mods = on; update pg_database set datcollversion = '1.0' where datname = 'sorted'; reset allow_system_table_mods`,
    );
    const url = new URL(patient.urls.owner);
    url.pathname = '/sorted';
    const look = async (): Promise<unknown[]> => {
      const report = await patient.examine({
        DATABASE_URL: undefined,
        DATABASE_PRIVILEGED_URL: undefined,
        DATABASE_QUEUE_URL: undefined,
        DATABASE_OWNER_URL: url.href,
      });
      return report.diagnoses.filter(({ check }) => check === 'encoding').map(({ outcome, mend }) => [outcome, mend]);
    };
    expect(await look()).toEqual([
      ['ok', undefined],
      ['wrong', { how: 'sql', as: 'administrator', database: 'sorted', sql: 'REINDEX DATABASE "sorted";\nALTER DATABASE "sorted" REFRESH COLLATION VERSION' }],
    ]);
    await patient.admin.query('alter database sorted refresh collation version');
    expect(await look()).toEqual([
      ['ok', undefined],
      ['ok', undefined],
    ]);
    await patient.admin.query('drop database sorted');
  });

  it('sees an encoding that cannot keep every character', async () => {
    await patient.admin.query(`create database latin template template0 encoding 'LATIN1' locale 'C' owner app_owner`);
    const url = new URL(patient.urls.owner);
    url.pathname = '/latin';
    const report = await patient.examine({
      DATABASE_URL: undefined,
      DATABASE_PRIVILEGED_URL: undefined,
      DATABASE_QUEUE_URL: undefined,
      DATABASE_OWNER_URL: url.href,
    });
    await patient.admin.query('drop database latin');
    expect(complaints(report).find(({ check }) => check === 'encoding')).toMatchObject({ outcome: 'wrong', says: expect.stringContaining('keeps LATIN1') });
  });

  describe('the books of the migrations', () => {
    const look = async (): Promise<unknown[]> => complaints(await patient.examine()).map(({ check, outcome, says, mend }) => ({ check, outcome, says, mend }));

    it('tell that one is pending', async () => {
      await patient.admin.query(`create temp table kept as select * from app.migration; delete from app.migration where name like 'Comments%'`);
      const found = await look();
      await patient.admin.query('insert into app.migration select * from kept on conflict do nothing; drop table kept');
      expect(found).toEqual([
        {
          check: 'migrations',
          outcome: 'wrong',
          says: 'Pending: "Comments1795273000000". Services are not ready until they have run.',
          mend: { how: 'command', command: 'npm run migration:run' },
        },
      ]);
    });

    it('tell that the schema is newer', async () => {
      await patient.admin.query(`insert into app.migration (timestamp, name) values (1999999999999, 'Later1999999999999')`);
      const found = await look();
      await patient.admin.query(`delete from app.migration where name = 'Later1999999999999'`);
      expect(found).toMatchObject([{ check: 'migrations', outcome: 'warning', says: expect.stringContaining('does not know "Later1999999999999"') }]);
    });

    it('tell that somebody migrates at this moment', async () => {
      // The locks by which the runner says "2 of 3".
      await patient.admin.query(
        'select pg_advisory_lock(7304118226), pg_advisory_lock_shared(1347177057, 2 * 65536 + 3), pg_advisory_lock_shared(1347177058, 1795000000)',
      );
      const found = await look();
      await patient.admin.query('select pg_advisory_unlock_all()');
      expect(found).toMatchObject([{ check: 'migrations', outcome: 'warning', says: expect.stringContaining('migrating 2 of 3') }]);
    });
  });
});
