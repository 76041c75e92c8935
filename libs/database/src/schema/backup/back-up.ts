import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { recordInLedger, whoAmI } from '../../migrations/ledger.js';
import { ArchiveWriter } from './archive/archive-writer.js';
import { FORMAT_VERSION, idOf, writeManifest, type ArchivedTable, type Manifest } from './archive/manifest.js';
import { readDatabaseIdentity } from './database-identity.js';
import { ReceiptNotRecordedError } from './errors.js';
import { headOf, readJournal } from './migration-state.js';
import { receiptForLedger, receiptOf, type BackupReceipt } from './receipt/receipt.js';
import { readSequences } from './sequence-state.js';
import { withSnapshot, type LockWait } from './snapshot.js';
import { copyOut, type TableShape } from './table-shape.js';

export interface BackUpOptions extends LockWait {
  /** The folder that the archive is put in; made, for its owner only, where it is missing. */
  readonly to: string;
  /** The version of this build. */
  readonly build: string;
  /** Default: the operating system's user and host. */
  readonly who?: string;
  /** Called after each table, and waited for. */
  readonly onTable?: (table: ArchivedTable) => void | Promise<void>;
}

export interface BackupResult {
  /** The folder of the archive. */
  readonly archive: string;
  readonly receipt: BackupReceipt;
  /** Compressed or not, what was read: bytes of COPY text. */
  readonly bytes: number;
}

/**
 * Writes the rows of every table of the schema `app` into a new archive, all from one snapshot, and enters the receipt in the ledger.
 * The database goes on working. A backup that is killed leaves a folder that no command takes for an archive.
 * @param client a session of its own outside a transaction, as app_owner
 * @throws RowsHiddenError before anything is read, TablesLockedError, BackupFolderError, ReceiptNotRecordedError, and what PostgreSQL answers
 */
export async function backUp(client: ClientBase, options: BackUpOptions): Promise<BackupResult> {
  const { archive, manifest, id } = await withSnapshot(client, options, (tables) => write(client, tables, options));
  const receipt = receiptOf(id, manifest);
  try {
    await recordInLedger(client, {
      kind: 'BACKUP',
      who: options.who ?? whoAmI(),
      version: manifest.head,
      sql: '',
      outcome: 'completed',
      details: { archive, receipt: receiptForLedger(receipt) },
    });
  } catch (error) {
    throw new ReceiptNotRecordedError(archive, { cause: error });
  }
  return { archive, receipt, bytes: manifest.tables.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function write(client: ClientBase, shapes: readonly TableShape[], options: BackUpOptions): Promise<{ archive: string; manifest: Manifest; id: string }> {
  const writer = await ArchiveWriter.begin(options.to);
  try {
    const facts = await readFacts(client);
    const tables = await writeTables(client, writer, shapes, options);
    const manifest: Manifest = {
      format: 'plinth-backup',
      formatVersion: FORMAT_VERSION,
      build: options.build,
      ...facts,
      tables,
      sequences: await readSequences(client),
    };
    const text = writeManifest(manifest);
    const id = idOf(text);
    return { archive: await writer.complete(nameOf(manifest, id), text, id), manifest, id };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

async function readFacts(client: ClientBase): Promise<Pick<Manifest, 'createdAt' | 'server' | 'database' | 'head' | 'journal'>> {
  const { rows } = await client.query<{ createdAt: string; server: string }>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt", current_setting('server_version') as server`,
  );
  const { createdAt = '', server = '' } = rows[0] ?? {};
  const journal = await readJournal(client);
  return { createdAt, server, database: await readDatabaseIdentity(client), head: headOf(journal), journal };
}

async function writeTables(client: ClientBase, writer: ArchiveWriter, shapes: readonly TableShape[], { onTable }: BackUpOptions): Promise<ArchivedTable[]> {
  const tables: ArchivedTable[] = [];
  for (const shape of shapes) {
    const table = { ...shape, ...(await writer.addTable(shape.name, client.query(copyTo(copyOut(shape))))) };
    tables.push(table);
    await onTable?.(table);
  }
  return tables;
}

/** Sorts by time. The id tells two of one second apart. */
function nameOf({ database, createdAt }: Manifest, id: string): string {
  const time = createdAt.slice(0, 19).replaceAll(/[-:]/g, '');
  return `${database.name.replaceAll(/[^A-Za-z0-9_-]/g, '_')}-${time}Z-${id.slice(0, 8)}`;
}
