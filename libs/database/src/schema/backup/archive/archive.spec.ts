import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { TestDatabase } from '../../../testing/test-database.js';
import { backUp } from '../back-up.js';
import { BackupOfOtherDatabaseError, BackupOfOtherHeadError } from '../receipt/errors.js';
import { verifyReceipt, type BackupReceipt, type ReceiptExpectations } from '../receipt/receipt.js';
import { archiveFolder, asOwner, oddDatabase } from '../testing/full-database.js';
import {
  ArchiveFormatUnknownError,
  ArchiveIncompleteError,
  ArchiveRowCountError,
  ArchiveTableDamagedError,
  ArchiveTableMissingError,
  ManifestDamagedError,
} from './errors.js';
import { MANIFEST_FILE, MANIFEST_HASH_FILE, tableFile } from './files.js';
import { idOf } from './manifest.js';
import { openArchive } from './open-archive.js';

/** Between the last compressed bit and the checksum a few bits mean nothing. */
function holdsTheSame(flipped: Buffer, bytes: Buffer): boolean {
  try {
    return gunzipSync(flipped).equals(gunzipSync(bytes));
  } catch {
    return false;
  }
}

describe('an archive', () => {
  let database: TestDatabase;
  let folder: { path: string; remove: () => Promise<void> };
  let whole: string;
  let archive: string;
  let receipt: BackupReceipt;

  beforeAll(async () => {
    folder = await archiveFolder();
    database = await oddDatabase({ rows: true });
    ({ archive: whole, receipt } = await asOwner(database, (owner) => backUp(owner, { to: folder.path, build: '0' })));
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });
  beforeEach(async () => {
    archive = join(folder.path, 'copy');
    await rm(archive, { recursive: true, force: true });
    await cp(whole, archive, { recursive: true });
  });

  const verify = async (expectations: ReceiptExpectations = {}): Promise<BackupReceipt> => verifyReceipt(await openArchive(archive), expectations);

  /** As somebody would who also writes the hash anew. */
  async function rewriteManifest(change: (text: string) => string): Promise<void> {
    const text = change(await readFile(join(archive, MANIFEST_FILE), 'utf8'));
    await writeFile(join(archive, MANIFEST_FILE), text);
    await writeFile(join(archive, MANIFEST_HASH_FILE), `${idOf(text)}  ${MANIFEST_FILE}\n`);
  }
  async function rewriteRows(table: string, change: (rows: Buffer) => Buffer): Promise<void> {
    const file = tableFile(archive, table);
    await writeFile(file, gzipSync(change(gunzipSync(await readFile(file)))));
  }

  it('that nobody touched gives the receipt again, wherever it lies', async () => {
    expect(await verify({ database: receipt.database, head: receipt.head })).toEqual(receipt);
  });

  it('holds a file for each table, each row one line', async () => {
    expect((await readdir(join(archive, 'tables'))).sort()).toEqual(receipt.tables.map(({ name }) => `${name}.copy.gz`).sort());
    const lines = gunzipSync(await readFile(tableFile(archive, 'odd_values')))
      .toString()
      .split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe(
      '1\t21\t\\\\x00ff0a0d5c\t0.30000000000000004\tNaN\t10 mons 00:00:03.5\t[2026-01-01,infinity)\t-infinity\t2026-03-29 02:30:00\ttab\\t line\\n back\\\\slash \\\\N \\\\.',
    );
  });

  it('orders texts by code point, since the collation may be another where it is restored', async () => {
    expect(gunzipSync(await readFile(tableFile(archive, 'odd_words'))).toString()).toBe('B\na\nb\nä\n');
  });

  it('with any byte of a table’s file flipped never passes', async () => {
    const file = tableFile(archive, 'user');
    const bytes = await readFile(file);
    // Beyond the header of gzip, which holds no content.
    for (let at = 10; at < bytes.length; at += 7) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 0x10, at);
      if (holdsTheSame(flipped, bytes)) continue;
      await writeFile(file, flipped);
      const error: unknown = await verify().catch((thrown: unknown) => thrown);
      expect([at, error]).toEqual([at, expect.any(Error)]);
      expect([ArchiveTableDamagedError, ArchiveRowCountError].some((kind) => error instanceof kind)).toBe(true);
      expect(error).toMatchObject({ table: 'user' });
    }
  });

  it('whose file was cut off is damaged', async () => {
    const file = tableFile(archive, 'run');
    await writeFile(file, (await readFile(file)).subarray(0, -20));
    await expect(verify()).rejects.toThrow(ArchiveTableDamagedError);
  });

  it('with one value changed, compressed anew, is damaged', async () => {
    await rewriteRows('payment', (rows) => Buffer.from(rows.toString().replace('EUR', 'USD')));
    await expect(verify()).rejects.toThrow(ArchiveTableDamagedError);
  });

  it('with a row more than it counts says both numbers', async () => {
    await rewriteRows('odd_tree', (rows) => Buffer.concat([rows, Buffer.from('4\t1\n')]));
    await expect(verify()).rejects.toThrow(ArchiveRowCountError);
    await expect(verify()).rejects.toThrow(/promises 3 rows of the table "odd_tree", and its file holds 4/);
  });

  it('without a table’s file names the table', async () => {
    await rm(tableFile(archive, 'agent'));
    await expect(verify()).rejects.toThrow(ArchiveTableMissingError);
    await expect(verify()).rejects.toThrow(/"agent"/);
  });

  it.each([
    ['a changed manifest', () => writeFile(join(archive, MANIFEST_FILE), '{}'), ManifestDamagedError],
    ['a manifest that is no JSON', () => rewriteManifest(() => '{'), ManifestDamagedError],
    ['a manifest that lacks a part', () => rewriteManifest((text) => text.replace('"sequences"', '"sequence"')), ManifestDamagedError],
    ['a manifest of something else', () => rewriteManifest((text) => text.replace('plinth-backup', 'tar')), ManifestDamagedError],
    ['a manifest of a later format', () => rewriteManifest((text) => text.replace('"formatVersion": 1', '"formatVersion": 2')), ArchiveFormatUnknownError],
    ['no manifest', () => rm(join(archive, MANIFEST_FILE)), ArchiveIncompleteError],
    ['no folder', () => rm(archive, { recursive: true }), ArchiveIncompleteError],
  ])('with %s is refused', async (_name, breaking, kind) => {
    await breaking();
    await expect(verify()).rejects.toThrow(kind);
  });

  it('with a manifest that promises other rows is refused, whoever wrote its hash', async () => {
    await rewriteManifest((text) => text.replace(/("name": "odd_tree"[^]*?"rows": )3/, '$17'));
    await expect(verify()).rejects.toThrow(ArchiveRowCountError);
  });

  it('of another database, or of another head, is refused by what was expected', async () => {
    await expect(verify({ database: { ...receipt.database, oid: receipt.database.oid + 1 } })).rejects.toThrow(BackupOfOtherDatabaseError);
    await expect(verify({ database: { ...receipt.database, systemIdentifier: '1' } })).rejects.toThrow(BackupOfOtherDatabaseError);
    await expect(verify({ database: { ...receipt.database, systemIdentifier: null, name: 'other' } })).rejects.toThrow(BackupOfOtherDatabaseError);
    await expect(verify({ head: 'Other' })).rejects.toThrow(BackupOfOtherHeadError);
  });
});
