import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../../embedded/home.js';
import { NoExpectedSchemaError } from '../../errors.js';

/** The committed snapshot: what the migrations make on every major version, one line for each fact, so that a review shows what changed. */
export function snapshotFile(): string {
  return join(repositoryRoot(), 'libs', 'database', 'schema-snapshot.jsonl');
}

/** The majors that the snapshot holds. */
export const MAJORS = [15, 16, 17, 18] as const;

/** The file as it is kept in memory. */
export interface SnapshotFile {
  /** The newest migration when it was written. */
  readonly head: string;
  /** Each entry, as JSON, with the majors on which it holds. */
  readonly entries: ReadonlyMap<string, readonly number[]>;
}

/** @throws NoExpectedSchemaError where the file is missing or is none */
export async function readSnapshotFile(path = snapshotFile()): Promise<SnapshotFile> {
  let lines: string[];
  try {
    lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  } catch (error) {
    throw new NoExpectedSchemaError(`the snapshot "${path}" cannot be read.`, error);
  }
  const [first = '', ...rest] = lines;
  const header: unknown = JSON.parse(first);
  if (typeof header !== 'object' || header === null || !('head' in header)) throw new NoExpectedSchemaError(`"${path}" is no snapshot.`);
  return { head: String(header.head), entries: new Map(rest.map(parseLine)) };
}

/** `15,16 {…}` or, where it holds on all majors, `* {…}`. */
function parseLine(line: string): [string, readonly number[]] {
  const space = line.indexOf(' ');
  const on = line.slice(0, space);
  return [line.slice(space + 1), on === '*' ? MAJORS : on.split(',').map(Number)];
}

/** The text of the file: the same entries give the same text. */
export function formatSnapshot({ head, entries }: SnapshotFile): string {
  const lines = [...entries]
    .filter(([, on]) => on.length > 0)
    .map(([entry, on]) => ({ entry, on: on.length === MAJORS.length ? '*' : [...on].sort().join(',') }));
  lines.sort((left, right) => (left.entry === right.entry ? 0 : left.entry < right.entry ? -1 : 1));
  return `${JSON.stringify({ head })}\n${lines.map(({ entry, on }) => `${on} ${entry}`).join('\n')}\n`;
}

export async function writeSnapshotFile(file: SnapshotFile, path = snapshotFile()): Promise<void> {
  await writeFile(path, formatSnapshot(file));
}
