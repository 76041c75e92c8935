import type { Client } from 'pg';
import { withAdmin } from '../../../testing/admin.js';
import type { TestDatabase } from '../../../testing/test-database.js';
import { backUp } from '../back-up.js';
import { RowsHiddenError } from '../errors.js';
import { archiveFolder, asOwner, oddDatabase } from '../testing/full-database.js';
import { attest } from './attest.js';
import {
  AttestationEmptyError,
  AttestationExpiredError,
  BackupOfOtherDatabaseError,
  BackupOfOtherHeadError,
  BackupReceiptMissingError,
  BackupReceiptStaleError,
} from './errors.js';
import { requireReceipt, type AcceptedReceipt, type ReceiptOptions, type ReceiptReference } from './require-receipt.js';

const LATER_MIGRATION = `insert into app.migration (timestamp, name) values (9999999999999, 'Later9999999999999')`;

describe('a step that can lose values', () => {
  let database: TestDatabase;
  let folder: { path: string; remove: () => Promise<void> };
  let archive: string;

  beforeAll(async () => {
    folder = await archiveFolder();
    database = await oddDatabase({ rows: true });
    ({ archive } = await asOwner(database, (owner) => backUp(owner, { to: folder.path, build: '0' })));
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  type Asked = ReceiptOptions & { readonly after?: string | ((owner: Client) => Promise<unknown>); readonly then?: (owner: Client) => Promise<void> };

  /** As a repair does, inside its transaction, in which `after` comes first; the end of the session takes all of it back. */
  const ask = (reference: ReceiptReference, tables: readonly string[], { after, then, ...options }: Asked = {}): Promise<AcceptedReceipt> =>
    asOwner(database, async (owner) => {
      await owner.query('begin');
      if (typeof after === 'string') await owner.query(after);
      else await after?.(owner);
      const accepted = await requireReceipt(owner, reference, tables, options);
      await then?.(owner);
      return accepted;
    });

  it('may run while every table still holds what the archive holds, the ledger with its newer entry among them', async () => {
    const tables = ['payment', 'run', 'odd_values', 'odd_without_key', 'schema_ledger', 'gone_already'];
    expect(await ask({ archive }, tables)).toMatchObject({ kind: 'archive', archive });
  });

  it('keeps writers out until its transaction ends, and finds its own settings again', async () => {
    const settings = "select current_setting('search_path') as path, current_setting('lock_timeout') as wait, current_setting('extra_float_digits') as digits";
    await ask({ archive }, ['payment'], {
      after: "set local lock_timeout = '777ms'; set local search_path = app, public; set local extra_float_digits = 0",
      then: async (owner) => {
        const locked = withAdmin(database.urls.admin, (client) => client.query('set lock_timeout = 50; update app.payment set amount = 0'));
        await expect(locked).rejects.toMatchObject({ code: '55P03' });
        expect((await owner.query<object>(settings)).rows).toEqual([{ path: 'app, public', wait: '777ms', digits: '0' }]);
      },
    });
  });

  it.each([
    [
      'one value was changed',
      'alter table app.payment disable trigger user; update app.payment set amount = amount + 1 where id = (select min(id::text)::uuid from app.payment)',
      { rowsThen: 4, rowsNow: 4, why: 'other rows' },
    ],
    [
      'a row was added',
      `insert into app.payment select * from jsonb_populate_record((select p from app.payment p limit 1), jsonb_build_object('id', gen_random_uuid(), 'stripe_payment_intent_id', 'new'))`,
      { rowsThen: 4, rowsNow: 5, why: 'other rows' },
    ],
    ['a row was deleted', 'delete from app.payment where id = (select min(id::text)::uuid from app.payment)', { rowsThen: 4, rowsNow: 3, why: 'other rows' }],
    [
      'a column came that holds a value',
      'alter table app.payment add column note text; alter table app.payment disable trigger user; update app.payment set note = $$x$$',
      { rowsThen: 4, rowsNow: 4, why: 'other columns', columns: ['note'] },
    ],
    [
      'a column of the key went',
      'alter table app.payment drop constraint pk_payment; alter table app.payment drop column id cascade',
      { rowsThen: 4, rowsNow: 4, why: 'other columns', columns: ['id'] },
    ],
    [
      'a column went and a value of another one was changed',
      'alter table app.payment drop column description; alter table app.payment disable trigger user; update app.payment set amount = amount + 1',
      { rowsThen: 4, rowsNow: 4, why: 'other rows' },
    ],
  ])('is refused where since the backup %s', async (_name, change, difference) => {
    const error: unknown = await ask({ archive }, ['payment', 'run'], { after: change }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BackupReceiptStaleError);
    expect(error).toMatchObject({ tables: [{ name: 'payment', ...difference }], message: expect.stringContaining('npm run db:backup') });
    expect(await ask({ archive }, ['run'], { after: change })).toMatchObject({ kind: 'archive' });
  });

  it.each([
    ['a column came that holds nothing', `alter table app.payment add column note text; alter table app.payment add column kind text not null default 'x y'`],
    ['a column went', 'alter table app.payment drop column description; alter table app.payment drop column created_at'],
    ['columns came and went', 'alter table app.payment drop column currency; alter table app.payment add column note text'],
    ['a column became wider', 'alter table app.organization alter column slug type varchar(500)'],
  ])('may still run where only %s, as the step before it of the same repair does', async (_name, change) => {
    await expect(ask({ archive }, ['payment', 'organization', 'odd_values'], { after: change })).resolves.toMatchObject({ kind: 'archive' });
  });

  it('is refused for a table that the backup does not hold, unless it is empty', async () => {
    const after = 'create table app.newer (id int primary key); create table app.newer_and_empty (id int primary key); insert into app.newer values (1)';
    const error: unknown = await ask({ archive }, ['newer', 'newer_and_empty'], { after }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ tables: [{ name: 'newer', rowsThen: null, rowsNow: 1 }] });
  });

  it('is refused where the ledger does not know the archive', async () => {
    await expect(ask({ archive }, ['payment'], { after: `delete from app.schema_ledger where kind = 'BACKUP'` })).rejects.toThrow(BackupReceiptMissingError);
  });

  it('is refused with the archive of another database, whatever its ledger says', async () => {
    const other = await oddDatabase({ rows: false });
    try {
      const foreign = await asOwner(other, (owner) => backUp(owner, { to: folder.path, build: '0' }));
      const after = `insert into app.schema_ledger (id, who, version, sql, outcome, kind, details)
        values (gen_random_uuid(), 'x', '', '', '', 'BACKUP', '{"receipt": {"id": "${foreign.receipt.id}"}}')`;
      await expect(ask({ archive: foreign.archive }, ['payment'], { after })).rejects.toThrow(BackupOfOtherDatabaseError);
    } finally {
      await other.drop();
    }
  });

  it('is refused where a migration has run since', async () => {
    await expect(ask({ archive }, ['payment'], { after: LATER_MIGRATION })).rejects.toThrow(BackupOfOtherHeadError);
  });

  it('is refused where rows of the table are hidden from the login', async () => {
    await expect(ask({ archive }, ['payment'], { after: 'drop policy owner_all on app.payment' })).rejects.toThrow(RowsHiddenError);
  });

  it('may run on a person’s word about another backup, which the ledger keeps with name and reason', async () => {
    const after = (owner: Client): Promise<unknown> => attest(owner, { backupId: 'rds:2026-11-21', reason: 'restored and looked at', who: 'ada@build-7' });
    expect(await ask({ backupId: 'rds:2026-11-21' }, ['payment'], { after })).toEqual({
      kind: 'attestation',
      backupId: 'rds:2026-11-21',
      reason: 'restored and looked at',
      who: 'ada@build-7',
      attestedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/),
    });
  });

  it('is refused on a word that nobody gave, that is too old, or that was given before a migration', async () => {
    const word = (owner: Client): Promise<unknown> => attest(owner, { backupId: 'rds:1', reason: 'nightly' });
    const oldWord = async (owner: Client): Promise<unknown> => {
      await word(owner);
      return owner.query(`update app.schema_ledger set "when" = "when" - interval '25 hours' where kind = 'ATTEST'`);
    };
    await expect(ask({ backupId: 'rds:1' }, [])).rejects.toThrow(BackupReceiptMissingError);
    await expect(ask({ backupId: 'rds:1' }, [], { after: oldWord })).rejects.toThrow(AttestationExpiredError);
    await expect(ask({ backupId: 'rds:1' }, [], { after: oldWord, attestationMaxAgeMs: 26 * 3_600_000 })).resolves.toMatchObject({ kind: 'attestation' });
    const wordAgain = async (owner: Client): Promise<unknown> => (await oldWord(owner), attest(owner, { backupId: 'rds:1', reason: 'made anew' }));
    await expect(ask({ backupId: 'rds:1' }, [], { after: wordAgain })).resolves.toMatchObject({ reason: 'made anew' });
    const thenMigrated = async (owner: Client): Promise<unknown> => (await word(owner), owner.query(LATER_MIGRATION));
    await expect(ask({ backupId: 'rds:1' }, [], { after: thenMigrated })).rejects.toThrow(BackupOfOtherHeadError);
  });

  it.each([
    ['', 'why'],
    ['id', '  '],
    ['x'.repeat(256), 'why'],
  ])('takes no word without words: %j, %j', async (backupId, reason) => {
    await expect(asOwner(database, (owner) => attest(owner, { backupId, reason }))).rejects.toThrow(AttestationEmptyError);
  });
});
