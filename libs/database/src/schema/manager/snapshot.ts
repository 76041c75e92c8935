import { catalogueOfMigrations, type MigrationList } from '../expected/from-migrations.js';
import { isSnapshotCurrent, renewSnapshot } from '../expected/snapshot/load-snapshot.js';
import { readSnapshotFile, snapshotFile, writeSnapshotFile, type SnapshotFile } from '../expected/snapshot/snapshot-file.js';
import { NoExpectedSchemaError } from '../errors.js';
import type { ScratchServer } from '../expected/scratch-database.js';
import { nameOf } from './journal-state.js';

export interface SnapshotReport {
  readonly major: number;
  /** Whether the file was current before anything was written. */
  readonly current: boolean;
  readonly path: string;
}

/** Compares the committed snapshot with what the migrations make on this server, and writes it anew where asked. */
export async function renewCommittedSnapshot(
  scratch: ScratchServer,
  migrations: MigrationList,
  { write }: { readonly write: boolean },
): Promise<SnapshotReport> {
  const catalogue = await catalogueOfMigrations(scratch, migrations);
  const last = migrations.at(-1);
  const head = last === undefined ? '' : nameOf(last);
  const path = snapshotFile();
  const file = await readOrBegin(path);
  const current = file !== undefined && (await isSnapshotCurrent(head, catalogue, path));
  if (write && !current) await writeSnapshotFile(renewSnapshot(file ?? { head, entries: new Map() }, head, catalogue), path);
  return { major: catalogue.major, current, path };
}

/** Undefined where there is no snapshot yet. */
async function readOrBegin(path: string): Promise<SnapshotFile | undefined> {
  try {
    return await readSnapshotFile(path);
  } catch (error) {
    if (error instanceof NoExpectedSchemaError) return undefined;
    throw error;
  }
}
