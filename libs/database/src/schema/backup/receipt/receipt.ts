import type { Manifest } from '../archive/manifest.js';
import type { OpenArchive } from '../archive/open-archive.js';
import { verifyTables } from '../archive/open-archive.js';
import { describeDatabase, isSameDatabase, type DatabaseIdentity } from '../database-identity.js';
import type { Measure } from '../measure.js';
import type { TableShape } from '../table-shape.js';
import { BackupOfOtherDatabaseError, BackupOfOtherHeadError } from './errors.js';

/** What a backup held of one table. */
export interface ReceiptTable extends TableShape, Pick<Measure, 'rows' | 'sha256'> {}

/** What a backup proves: which rows of which database it holds, as of when. Recorded in the ledger, and written in the archive. */
export interface BackupReceipt {
  /** sha256 of the archive's `manifest.json`, hexadecimal. */
  readonly id: string;
  /** ISO 8601 in UTC, by the server's clock. */
  readonly createdAt: string;
  readonly database: DatabaseIdentity;
  /** The newest migration then; empty before the first. */
  readonly head: string;
  readonly tables: readonly ReceiptTable[];
}

/** What an archive must be of. What is left out is not looked at. */
export interface ReceiptExpectations {
  readonly database?: DatabaseIdentity;
  readonly head?: string;
}

export function receiptOf(id: string, { createdAt, database, head, tables }: Manifest): BackupReceipt {
  return { id, createdAt, database, head, tables: tables.map(({ name, columns, key, rows, sha256 }) => ({ name, columns, key, rows, sha256 })) };
}

/** As the ledger keeps it: without the shapes, which the archive has. */
export function receiptForLedger({ id, createdAt, database, head, tables }: BackupReceipt): Record<string, unknown> {
  return { id, createdAt, database, head, tables: tables.map(({ name, rows, sha256 }) => ({ name, rows, sha256 })) };
}

/**
 * Reads the whole archive again, counts and hashes every table's rows, and compares that with the manifest and the expectations.
 * @throws ArchiveTableMissingError, ArchiveTableDamagedError, ArchiveRowCountError, BackupOfOtherDatabaseError, BackupOfOtherHeadError
 */
export async function verifyReceipt(archive: OpenArchive, { database, head }: ReceiptExpectations = {}): Promise<BackupReceipt> {
  const { manifest, path, id } = archive;
  if (database !== undefined && !isSameDatabase(manifest.database, database)) {
    throw new BackupOfOtherDatabaseError(path, describeDatabase(manifest.database), describeDatabase(database));
  }
  if (head !== undefined && manifest.head !== head) throw new BackupOfOtherHeadError(path, manifest.head, head);
  await verifyTables(archive);
  return receiptOf(id, manifest);
}
