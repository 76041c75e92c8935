import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { MIGRATION_TABLE } from '../../../migrations/journal.js';
import { recordInLedger, whoAmI } from '../../../migrations/ledger.js';
import type { ArchivedTable } from '../archive/manifest.js';
import { isArchiveError, readTable, type OpenArchive, type VerifiedArchive } from '../archive/open-archive.js';
import { letTransactionLast, setCanonicalSettings } from '../canonical-settings.js';
import { measureCopy } from '../measure.js';
import { setSequences } from '../sequence-state.js';
import { endQuietly, explainingLocks, limitLockWaits, LOCK_TIMEOUT_MS, lockTables, type LockWait } from '../snapshot.js';
import { copyIn, copyOut, qualified } from '../table-shape.js';
import { RestoredRowsDifferError, RestoreFailedError } from './errors.js';
import { refuseUnlessItFits, refuseUnlessOwner } from './fits.js';
import { openTables } from './open-tables.js';
import { refuseUnlessEmpty, type RowsBefore } from './rows-before.js';

export interface RestoreOptions extends LockWait {
  /** Read as a whole before any connection is opened: a large one takes minutes. */
  readonly archive: VerifiedArchive;
  /** Delete every row that is there. Default false: a database with rows is refused. */
  readonly replace?: boolean;
  /** Default: the operating system's user and host. */
  readonly who?: string;
  /** Called after each table, and waited for. */
  readonly onTable?: (table: ArchivedTable) => void | Promise<void>;
}

export interface RestoreResult {
  /** Of the archive. */
  readonly receiptId: string;
  readonly tables: number;
  readonly rows: number;
  /** What was deleted, by table. */
  readonly replaced: RowsBefore;
  /** The row of schema_ledger. */
  readonly ledgerId: string;
}

/**
 * Puts the rows and sequences of an archive into a database with the same migrations, in one transaction: whatever fails, and whoever
 * is killed, leaves all as it was. Afterwards the rows are those of the archive by count and hash, read back before the commit, and the
 * catalogue is what it was before. Nobody else reads or writes the tables meanwhile.
 * @param client a session of its own outside a transaction, as app_owner
 * @throws NotTheOwnerError, JournalsDifferError, TablesDifferError, TablesLockedError,
 *   TablesNotEmptyError, RestoreFailedError, RestoredRowsDifferError, and an ArchiveError where the archive was changed after it was verified
 */
export async function restore(client: ClientBase, options: RestoreOptions): Promise<RestoreResult> {
  await client.query('begin');
  try {
    const result = await explainingLocks(options.lockTimeoutMs ?? LOCK_TIMEOUT_MS, () => restoreInTransaction(client, options));
    await client.query('commit');
    return result;
  } catch (error) {
    await endQuietly(client);
    throw error;
  }
}

async function restoreInTransaction(client: ClientBase, options: RestoreOptions): Promise<RestoreResult> {
  const { archive } = options;
  const { manifest, id } = archive;
  const names = manifest.tables.map(({ name }) => name);
  await setCanonicalSettings(client);
  await letTransactionLast(client);
  await limitLockWaits(client, options.lockTimeoutMs ?? LOCK_TIMEOUT_MS);
  await refuseUnlessOwner(client, manifest);
  await refuseUnlessItFits(client, manifest);
  // No migration may come in between; looked at again, since one may have ended just now.
  if (manifest.journal.length > 0) await lockTables(client, [MIGRATION_TABLE], 'share');
  await lockTables(client, names, 'access exclusive');
  await refuseUnlessItFits(client, manifest);

  const opened = await openTables(client, names);
  const replaced = await refuseUnlessEmpty(client, manifest.tables, options.replace ?? false);
  const occupied = Object.keys(replaced);
  if (occupied.length > 0) await client.query(`truncate ${occupied.map(qualified).join(', ')}`);
  for (const table of manifest.tables) {
    await load(client, archive, table);
    await options.onTable?.(table);
  }
  for (const table of manifest.tables) await compare(client, table);
  await setSequences(client, manifest.sequences);
  await opened.close();
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const ledgerId = await recordInLedger(client, {
    kind: 'RESTORE',
    who: options.who ?? whoAmI(),
    version: manifest.head,
    sql: '',
    outcome: 'completed',
    details: { receiptId: id, archive: archive.path, from: manifest.database, createdAt: manifest.createdAt, rows, replaced },
  });
  return { receiptId: id, tables: names.length, rows, replaced, ledgerId };
}

async function load(client: ClientBase, archive: OpenArchive, table: ArchivedTable): Promise<void> {
  try {
    await readTable(archive, table, client.query(copyFrom(copyIn(table))));
  } catch (error) {
    throw isArchiveError(error) ? error : new RestoreFailedError(table.name, 'copying its rows', error);
  }
}

/** Reads back what was written. @throws RestoredRowsDifferError */
async function compare(client: ClientBase, table: ArchivedTable): Promise<void> {
  const found = await measureCopy(client, copyOut(table));
  if (found.rows !== table.rows || found.sha256 !== table.sha256) throw new RestoredRowsDifferError(table.name, table, found);
}
