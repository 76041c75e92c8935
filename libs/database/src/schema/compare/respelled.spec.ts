import { connectionOptions } from '../../config/connection-url.js';
import { withAdmin } from '../../testing/admin.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import type { FactMap } from '../catalogue/fact.js';
import { withClient } from '../expected/scratch-database.js';
import { differencesBetween } from './differences.js';
import { respelledAmong } from './respelled.js';

/** [what is spelled, as the migrations have it, the same otherwise spelled, something else] */
const CASES: readonly [string, string, string][] = [
  [
    'a check written with IN',
    `alter table app.run drop constraint ck_run_status; alter table app.run add constraint ck_run_status check (status in ('QUEUED', 'RUNNING', 'WAITING_INPUT', 'COMPLETED', 'FAILED', 'CANCELLED'))`,
    `alter table app.run drop constraint ck_run_status; alter table app.run add constraint ck_run_status check (status in ('QUEUED', 'RUNNING', 'WAITING_INPUT', 'COMPLETED', 'FAILED'))`,
  ],
  [
    'a check without a cast',
    'alter table app."user" drop constraint ck_user_email; alter table app."user" add constraint ck_user_email check (email = lower(email::text)::varchar)',
    'alter table app."user" drop constraint ck_user_email; alter table app."user" add constraint ck_user_email check (email = upper(email))',
  ],
  ['a default', 'alter table app.task alter column priority set default (0)::smallint', 'alter table app.task alter column priority set default 1'],
];

describe('expressions that are only spelled differently', () => {
  let database: TestDatabase;
  let expected: FactMap;

  beforeAll(async () => {
    database = await createTestDatabase();
    expected = (await readCatalogue(connectionOptions(database.urls.owner))).facts;
  });

  afterAll(() => database.drop());

  /** [differences, how many of them are none] after `statement`, which is rolled back by making the schema as before. */
  async function look(statement: string): Promise<[number, number]> {
    const owner = connectionOptions(database.urls.owner);
    await withAdmin(database.urls.admin, (admin) => admin.query(statement));
    const differences = differencesBetween(expected, (await readCatalogue(owner)).facts);
    const { same: respelled } = await withClient(owner, (client) => respelledAmong(differences, client));
    return [differences.length, respelled.size];
  }

  it.each(CASES)('%s: the server prints both the same, and something else it does not', async (_what, respelling, change) => {
    expect(await look(respelling)).toEqual([1, 1]);
    expect(await look(change)).toEqual([1, 0]);
    expect(await look(respelling)).toEqual([1, 1]);
    await database.drop();
    database = await createTestDatabase();
  });

  it('leave nothing behind in the database', async () => {
    await look(CASES[0]?.[1] ?? '');
    await withAdmin(database.urls.admin, async (admin) => {
      const { rows } = await admin.query(`select relname from pg_class where relname like '%respelled%' or relname = 'probe'`);
      expect(rows).toEqual([]);
    });
  });

  it('never take a policy for the same because a function happens to mean it today', async () => {
    const [differences, same] = await look(
      `alter policy tenant_isolation on app.step using (org_id = nullif(current_setting('app.current_org_id', true), '')::uuid)`,
    );
    expect([differences > 0, same]).toEqual([true, expect.any(Number)]);
    expect(same).toBeLessThan(differences);
  });

  const CHECK = 'alter table app."user" drop constraint ck_user_email; alter table app."user" add constraint ck_user_email check';

  it.each([
    ['another collation', `${CHECK} (email::text = lower(email::text collate "C"))`],
    [
      'a function that means it today',
      `create function app.small(text) returns text immutable language sql as 'select lower($1)'; ${CHECK} (email::text = app.small(email::text))`,
    ],
    [
      'a function of the same name in another schema',
      `create function app.lower(text) returns text immutable language sql as 'select pg_catalog.lower($1)'; ${CHECK} (email::text = app.lower(email::text))`,
    ],
    [
      'an operator of the same name in another schema',
      `create operator app.= (function = pg_catalog.texteq, leftarg = text, rightarg = text); ${CHECK} (email::text operator(app.=) lower(email::text))`,
    ],
  ])('take no check with %s for the same', async (_what, statement) => {
    await database.drop();
    database = await createTestDatabase();
    const owner = connectionOptions(database.urls.owner);
    await withAdmin(database.urls.admin, (admin) => admin.query(`set role app_owner; ${statement}`));
    const differences = differencesBetween(expected, (await readCatalogue(owner)).facts).filter(({ fact }) => fact.key === 'constraint:app.user.ck_user_email');
    expect(differences).toHaveLength(1);
    expect(await withClient(owner, (client) => respelledAmong(differences, client))).toEqual({ same: new Set(), unasked: new Map() });
  });

  it('are left in doubt where PostgreSQL cannot be asked, as on a standby', async () => {
    await database.drop();
    database = await createTestDatabase();
    const owner = { ...connectionOptions(database.urls.owner), options: '-c default_transaction_read_only=on' };
    await withAdmin(database.urls.admin, (admin) => admin.query(CASES[1]?.[1] ?? ''));
    const differences = differencesBetween(expected, (await readCatalogue(owner)).facts);
    const { same, unasked } = await withClient(owner, (client) => respelledAmong(differences, client));
    expect([same.size, [...unasked.values()]]).toEqual([0, [expect.stringContaining('read-only')]]);
  });
});
