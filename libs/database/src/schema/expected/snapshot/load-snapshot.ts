import { ROLE_TABLE } from '../../../roles/role-table.js';
import type { Catalogue } from '../../catalogue/catalogue.js';
import { decodeEngine, encodeEngine } from '../../catalogue/engine/codec.js';
import { NoExpectedSchemaError } from '../../errors.js';
import { encodeOwn, withOwn } from './own-lines.js';
import { formatSnapshot, MAJORS, readSnapshotFile, type SnapshotFile } from './snapshot-file.js';

export interface LoadedSnapshot {
  readonly head: string;
  readonly catalogue: Catalogue;
}

/** The committed catalogue of one major version. @throws NoExpectedSchemaError where the snapshot has none of it */
export async function catalogueOfSnapshot(major: number, path?: string): Promise<LoadedSnapshot> {
  if (!MAJORS.some((known) => known === major)) throw new NoExpectedSchemaError(`the snapshot holds PostgreSQL ${MAJORS.join(', ')}, and this is ${major}.`);
  const { head, entries } = await readSnapshotFile(path);
  const lines = [...entries].filter(([, on]) => on.includes(major)).map(([entry]) => JSON.parse(entry) as object);
  const { engine, facts } = decodeEngine(
    lines,
    ROLE_TABLE.map(({ name }) => name),
  );
  return { head, catalogue: { major, serverVersion: `${major} (snapshot)`, facts: withOwn(lines, facts, major), engine } };
}

/** The snapshot with one major version as `catalogue` has it, and the others as they were. */
export function renewSnapshot(file: SnapshotFile, head: string, catalogue: Catalogue): SnapshotFile {
  const others = [...file.entries].map(([entry, on]) => [entry, on.filter((major) => major !== catalogue.major)] as const);
  const entries = new Map<string, readonly number[]>(others);
  for (const entry of [...encodeEngine(catalogue), ...encodeOwn(catalogue)]) entries.set(entry, [...(entries.get(entry) ?? []), catalogue.major]);
  return { head, entries };
}

/** Whether the committed snapshot is what `catalogue` would make of it. @throws NoExpectedSchemaError where there is none */
export async function isSnapshotCurrent(head: string, catalogue: Catalogue, path?: string): Promise<boolean> {
  const file = await readSnapshotFile(path);
  return file.head === head && formatSnapshot(renewSnapshot(file, head, catalogue)) === formatSnapshot(file);
}
