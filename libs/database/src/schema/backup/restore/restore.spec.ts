import { readInventory } from '../../../entities/testing/read-catalogue.js';
import { withAdmin } from '../../../testing/admin.js';
import type { TestDatabase } from '../../../testing/test-database.js';
import { runSeeds } from '../../../seeds/run-seeds.js';
import { verifiedArchive, type VerifiedArchive } from '../archive/open-archive.js';
import { backUp } from '../back-up.js';
import { archiveFolder, asOwner, contentOf, oddDatabase, onUrl } from '../testing/full-database.js';
import { TablesLockedError } from '../errors.js';
import { JournalsDifferError, NotTheOwnerError, RestoredRowsDifferError, RestoreFailedError, TablesDifferError, TablesNotEmptyError } from './errors.js';
import { restore, type RestoreResult } from './restore.js';

/** What readInventory does not print: states of triggers, comments and validity of keys, and in which order keys are checked. */
const DETAILS = `
select format('trigger %s %s %s', tgrelid::regclass, tgname, tgenabled) as line from pg_trigger where not tgisinternal
union all select format('key %s %s %s %s %s', row_number() over (partition by conrelid order by oid), conrelid::regclass, conname, convalidated, obj_description(oid, 'pg_constraint'))
  from pg_constraint where contype = 'f'
order by 1`;

describe('a restore', () => {
  let source: TestDatabase;
  let target: TestDatabase;
  let archive: VerifiedArchive;
  let folder: { path: string; remove: () => Promise<void> };

  beforeAll(async () => {
    folder = await archiveFolder();
    source = await oddDatabase({ rows: true });
    const made = await asOwner(source, (owner) => backUp(owner, { to: folder.path, build: '0' }));
    archive = await verifiedArchive(made.archive);
  });
  afterAll(async () => {
    await source.drop();
    await folder.remove();
  });
  beforeEach(async () => {
    target = await oddDatabase({ rows: false });
  });
  afterEach(() => target.drop());

  const restoreInto = (options: Partial<Parameters<typeof restore>[1]> = {}): Promise<RestoreResult> =>
    asOwner(target, (owner) => restore(owner, { archive, ...options }));
  const admin = (sql: string): Promise<unknown> => withAdmin(target.urls.admin, (client) => client.query(sql));
  const catalogue = async (): Promise<string[]> =>
    withAdmin(target.urls.admin, async (client) => {
      const { rows } = await client.query<{ line: string }>(DETAILS);
      return [...(await readInventory(client)), ...rows.map(({ line }) => line)];
    });

  it('gives a fresh database every row, value and sequence of the other, and leaves the catalogue as it was', async () => {
    await runSeeds(target.urls.owner);
    await admin(`alter table app.payment disable trigger touch_updated_at; alter table app.run enable always trigger touch_updated_at;
      alter table app.agent enable replica trigger raise_version; comment on constraint fk_run_org_id on app.run is 'It''s kept';
      alter table app.task drop constraint fk_task_run_id;
      alter table app.task add constraint fk_task_run_id foreign key (org_id, run_id) references app.run (org_id, id) deferrable initially deferred not valid`);
    const before = await catalogue();

    const { rows, replaced, ledgerId } = await restoreInto();

    expect(rows).toBeGreaterThan(150);
    expect(replaced).toEqual({ permission: expect.any(Number), schema_ledger: expect.any(Number) });
    expect(await catalogue()).toEqual(before);
    expect(await contentOf(target, ['schema_ledger'])).toEqual(await contentOf(source, ['schema_ledger']));
    const { rows: ledger } = await asOwner(target, (owner) =>
      owner.query<object>(`select kind, details ->> 'rows' as rows from app.schema_ledger where id = $1`, [ledgerId]),
    );
    expect(ledger).toEqual([{ kind: 'RESTORE', rows: String(rows) }]);
  });

  it('compares contents in a way that would see one changed value', async () => {
    await restoreInto();
    await admin(`alter table app.odd_values disable trigger user; update app.odd_values set share = share + 1e-16 where share < 1 and share > 0`);
    const [one, other] = [await contentOf(target, ['schema_ledger']), await contentOf(source, ['schema_ledger'])];
    expect(one['odd_values']).not.toBe(other['odd_values']);
  });

  it('lets new rows follow the old ones', async () => {
    await restoreInto();
    const { rows } = await withAdmin(target.urls.admin, (client) =>
      client.query<object>(
        `select nextval('app.odd_values_id_seq')::int as odd, nextval('app.job_clock')::int as clock, nextval('app.agent_repository_id_seq')::int as repository`,
      ),
    );
    expect(rows).toEqual([{ odd: 4, clock: 4712, repository: 5 }]);
  });

  it('into a database with rows is refused, counted, and changes nothing', async () => {
    await restoreInto();
    const before = await contentOf(target);
    const error: unknown = await restoreInto().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TablesNotEmptyError);
    expect(error).toMatchObject({ rows: { payment: 4, odd_tree: 3 }, message: expect.stringContaining('--replace') });
    expect(await contentOf(target)).toEqual(before);
  });

  it('with replace takes the place of other rows', async () => {
    await restoreInto();
    await admin(`delete from app.payment; insert into app.odd_tree values (9, 9); select setval('app.job_clock', 999999)`);
    const { replaced } = await restoreInto({ replace: true });
    expect(replaced).toMatchObject({ odd_tree: 4 });
    expect(await contentOf(target, ['schema_ledger'])).toEqual(await contentOf(source, ['schema_ledger']));
  });

  it('without a foreign key’s row fails by the name of the key, and leaves rows, sequences and catalogue as they were', async () => {
    const broken = await archiveFolder();
    const other = await oddDatabase({ rows: true });
    try {
      await withAdmin(other.urls.admin, (client) => client.query('alter table app.run disable trigger all; delete from app.run'));
      const lacking = await asOwner(other, (owner) => backUp(owner, { to: broken.path, build: '0' }));
      await restoreInto();
      await admin(`select setval('app.job_clock', 999999), setval('app.odd_values_id_seq', 777777)`);
      const [content, shape] = [await contentOf(target), await catalogue()];
      const error: unknown = await restoreInto({ archive: await verifiedArchive(lacking.archive), replace: true }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RestoreFailedError);
      expect(error).toMatchObject({ message: expect.stringMatching(/making its key "fk_\w+" again/) });
      expect(await contentOf(target)).toEqual(content);
      expect(await catalogue()).toEqual(shape);
    } finally {
      await other.drop();
      await broken.remove();
    }
  });

  it('whose connection is ended half way changes nothing, and can be run again', async () => {
    const [content, shape] = [await contentOf(target), await catalogue()];
    let tables = 0;
    const ended = restoreInto({
      onTable: async () => {
        tables += 1;
        if (tables === 20)
          await admin(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'plinth-backup-spec' and datname = current_database()`);
      },
    });
    await expect(ended).rejects.toThrow(RestoreFailedError);
    expect(await contentOf(target)).toEqual(content);
    expect(await catalogue()).toEqual(shape);
    await restoreInto();
  });

  it('is refused for a login that does not own the tables', async () => {
    await expect(onUrl(target.urls.privileged, (client) => restore(client, { archive }))).rejects.toThrow(NotTheOwnerError);
  });

  it('is refused where other migrations ran, and says which to run or to revert', async () => {
    await admin(`update app.migration set name = 'Later1999999999999' where name = (select min(name) from app.migration)`);
    const error: unknown = await restoreInto().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(JournalsDifferError);
    expect(error).toMatchObject({ toRun: [expect.any(String)], toRevert: ['Later1999999999999'] });
  });

  it('is refused where columns differ although the same migrations ran', async () => {
    await admin(`alter table app.payment add column note text; alter table app.payment alter column description type varchar(10); drop table app.odd_tree`);
    const error: unknown = await restoreInto().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TablesDifferError);
    expect(error).toMatchObject({
      differences: [
        'there is no table "odd_tree"',
        '"payment.description" is character varying(10) and was text',
        '"payment" has the column "note", which was not there',
      ],
    });
  });

  it('lets no trigger change what the archive holds', async () => {
    await admin(`create function app.shout() returns trigger language plpgsql as $$ begin new.note := upper(new.note); return new; end $$;
      create trigger shout before insert on app.odd_without_key for each row execute function app.shout()`);
    await restoreInto();
    expect((await contentOf(target))['odd_without_key']).toBe((await contentOf(source))['odd_without_key']);
  });

  it('reads everything back before it commits, and takes it back where a row is not the archive’s', async () => {
    const before = await contentOf(target);
    const meddled = asOwner(target, (owner) =>
      restore(owner, {
        archive,
        onTable: async ({ name }) => void (name === 'payment' && (await owner.query(`update app.payment set amount = amount + 1`))),
      }),
    );
    await expect(meddled).rejects.toThrow(RestoredRowsDifferError);
    expect(await contentOf(target)).toEqual(before);
  });

  it('gives up where somebody uses a table for too long', async () => {
    await withAdmin(target.urls.admin, async (client) => {
      await client.query('begin; select from app.payment');
      await expect(restoreInto({ lockTimeoutMs: 50 })).rejects.toThrow(TablesLockedError);
    });
  });
});
