import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlStateOf } from '../../errors.js';
import { withAdmin } from '../../testing/admin.js';
import type { TestDatabase } from '../../testing/test-database.js';
import { backUp, type BackupResult } from './back-up.js';
import { RowsHiddenError, TablesLockedError } from './errors.js';
import { archiveFolder, asOwner, oddDatabase, onUrl } from './testing/full-database.js';

describe('a backup', () => {
  let database: TestDatabase;
  let folder: { path: string; remove: () => Promise<void> };

  beforeAll(async () => {
    database = await oddDatabase({ rows: true });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    folder = await archiveFolder();
  });
  afterEach(() => folder.remove());

  const admin = (sql: string): Promise<unknown> => withAdmin(database.urls.admin, (client) => client.query(sql));
  const backUpAs = (url: string, options: Partial<Parameters<typeof backUp>[1]> = {}): Promise<BackupResult> =>
    onUrl(url, (client) => backUp(client, { to: folder.path, build: '0', ...options }));

  it('holds every table of the schema but the bookkeeping of migrations, and no table of it is empty here', async () => {
    const { receipt } = await backUpAs(database.urls.owner);
    const tables = await withAdmin(database.urls.admin, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' order by relname collate "C"`,
      );
      return rows.map(({ name }) => name);
    });
    expect(receipt.tables.map(({ name }) => name)).toEqual(tables.filter((name) => !name.startsWith('migration')));
    expect(receipt.tables.filter(({ rows }) => rows === 0)).toEqual([]);
  });

  it('can be read by its owner only, and leaves nothing else behind', async () => {
    const { archive } = await backUpAs(database.urls.owner);
    expect(await readdir(folder.path)).toEqual([archive.slice(folder.path.length + 1)]);
    expect((await stat(archive)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(archive, { recursive: true })) {
      const { mode, isDirectory } = await stat(join(archive, file)).then((found) => ({ mode: found.mode, isDirectory: found.isDirectory() }));
      expect([file, mode & 0o777]).toEqual([file, isDirectory ? 0o700 : 0o600]);
    }
  });

  it('has its receipt in the ledger, with the id that sha256sum prints for the manifest', async () => {
    const { archive, receipt } = await backUpAs(database.urls.owner, { who: 'ada@build-7' });
    const { rows } = await asOwner(database, (owner) =>
      owner.query<{ who: string; version: string; receipt: unknown; archive: string }>(
        `select who, version, details -> 'receipt' as receipt, details ->> 'archive' as archive from app.schema_ledger where details -> 'receipt' ->> 'id' = $1`,
        [receipt.id],
      ),
    );
    const { id, createdAt, head, tables } = receipt;
    expect(rows).toEqual([
      {
        who: 'ada@build-7',
        version: head,
        archive,
        receipt: { id, createdAt, head, database: receipt.database, tables: tables.map(({ name, rows: count, sha256 }) => ({ name, rows: count, sha256 })) },
      },
    ]);
    expect(await readFile(join(archive, 'manifest.json.sha256'), 'utf8')).toBe(`${id}  manifest.json\n`);
  });

  it('is of one moment: what is committed while it runs is not in it', async () => {
    const before = await backUpAs(database.urls.owner);
    let added = false;
    const during = await backUpAs(database.urls.owner, {
      onTable: async () => {
        if (!added)
          await admin(`insert into app.webhook_event (id, provider, external_id, "type", payload) values (gen_random_uuid(), 'x', 'during', 'x', '{}')`);
        added = true;
      },
    });
    const after = await backUpAs(database.urls.owner);
    const hashOf = ({ receipt }: BackupResult): string | undefined => receipt.tables.find(({ name }) => name === 'webhook_event')?.sha256;
    expect(hashOf(during)).toBe(hashOf(before));
    expect(hashOf(after)).not.toBe(hashOf(before));
  });

  it('is the same text whatever the role and the database are set to', async () => {
    const plain = await backUpAs(database.urls.owner);
    const settings = ["datestyle = 'German'", "timezone = 'Asia/Kathmandu'", "bytea_output = 'escape'", "intervalstyle = 'iso_8601'", 'extra_float_digits = 0'];
    for (const setting of settings) await admin(`alter role app_owner in database ${database.name} set ${setting}`);
    try {
      const bent = await backUpAs(database.urls.owner);
      const withoutLedger = ({ receipt }: BackupResult): unknown => receipt.tables.filter(({ name }) => name !== 'schema_ledger');
      expect(withoutLedger(bent)).toEqual(withoutLedger(plain));
    } finally {
      await admin(`alter role app_owner in database ${database.name} reset all`);
    }
  });

  it('as the service’s login is refused, names the tables, and writes nothing', async () => {
    await expect(backUpAs(database.urls.login)).rejects.toThrow(RowsHiddenError);
    await expect(backUpAs(database.urls.login)).rejects.toThrow(/^"app_login" does not see every row of "agent", .+ DATABASE_OWNER_URL/);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it.each([
    ['the owner’s policy of one table is gone', 'drop policy owner_all on app.payment', 'create policy owner_all on app."payment"'],
    ['the owner’s policy of one table hides rows', 'alter policy owner_all on app.payment using (amount > 0)', 'create policy owner_all on app."payment"'],
    [
      'the owner’s policy no longer covers SELECT',
      'drop policy owner_all on app.payment; create policy owner_all on app.payment for update to app_owner using (true)',
      'owner_all',
    ],
    [
      'a restrictive policy takes rows away',
      'create policy fewer on app.payment as restrictive to public using (amount > 0)',
      'drop policy "fewer" on app."payment"',
    ],
    ['a column was revoked', 'revoke select on app.payment from app_owner', 'grant select on app."payment" to app_owner'],
  ])('is refused where %s', async (_name, breaking, mend) => {
    await admin(breaking);
    try {
      const error = await backUpAs(database.urls.owner).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RowsHiddenError);
      expect(error).toMatchObject({ message: expect.stringContaining(mend), tables: [{ name: 'payment' }] });
      expect(await readdir(folder.path)).toEqual([]);
    } finally {
      await admin(`drop policy if exists fewer on app.payment; drop policy if exists owner_all on app.payment; grant select on app.payment to app_owner;
        create policy owner_all on app.payment for all to app_owner using (true) with check (true)`);
    }
  });

  it('works for a superuser and for an owner whose row security is not forced', async () => {
    await admin('alter table app.payment no force row level security; drop policy owner_all on app.payment');
    try {
      const [asAdmin, asPlainOwner] = [await backUpAs(database.urls.admin), await backUpAs(database.urls.owner)];
      const payments = ({ receipt }: BackupResult): number | undefined => receipt.tables.find(({ name }) => name === 'payment')?.rows;
      expect([payments(asAdmin), payments(asPlainOwner)]).toEqual([4, 4]);
    } finally {
      await admin(
        'alter table app.payment force row level security; create policy owner_all on app.payment for all to app_owner using (true) with check (true)',
      );
    }
  });

  it('says who is in the way where a table stays locked', async () => {
    await withAdmin(database.urls.admin, async (client) => {
      await client.query('begin; lock table app.payment in access exclusive mode');
      await expect(backUpAs(database.urls.owner, { lockTimeoutMs: 50 })).rejects.toThrow(TablesLockedError);
    });
  });

  it('whose connection is ended half way leaves no archive', async () => {
    let tables = 0;
    const ended = backUpAs(database.urls.owner, {
      onTable: async () => {
        tables += 1;
        if (tables === 5)
          await admin(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'plinth-backup-spec' and datname = current_database()`);
      },
    });
    const error: unknown = await ended.catch((thrown: unknown) => thrown);
    // admin_shutdown, or the driver's word for a connection that is gone.
    expect(error).toBeInstanceOf(Error);
    expect([undefined, '57P01']).toContain(sqlStateOf(error));
    expect(await readdir(folder.path)).toEqual([]);
  });
});
