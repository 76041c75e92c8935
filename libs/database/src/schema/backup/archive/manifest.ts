import { createHash } from 'node:crypto';
import type { DatabaseIdentity } from '../database-identity.js';
import type { Measure } from '../measure.js';
import type { JournalRow } from '../migration-state.js';
import type { SequenceState } from '../sequence-state.js';
import type { ColumnShape, TableShape } from '../table-shape.js';
import { ArchiveFormatUnknownError, ManifestDamagedError } from './errors.js';

/** Raised when a reader of the old one could not read the new one. */
export const FORMAT_VERSION = 1;

/** A table of an archive: its shape and what its file holds. */
export interface ArchivedTable extends TableShape, Measure {}

/** What an archive says of itself: the text of `manifest.json`. */
export interface Manifest {
  readonly format: 'plinth-backup';
  readonly formatVersion: typeof FORMAT_VERSION;
  /** When the snapshot was taken, by the server's clock: ISO 8601 in UTC, microseconds. */
  readonly createdAt: string;
  /** Version of the build that wrote it. */
  readonly build: string;
  /** As `show server_version` says. */
  readonly server: string;
  readonly database: DatabaseIdentity;
  /** The newest migration; empty where none had run. */
  readonly head: string;
  readonly journal: readonly JournalRow[];
  readonly tables: readonly ArchivedTable[];
  readonly sequences: readonly SequenceState[];
}

export function writeManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The id of a receipt: what `sha256sum manifest.json` prints. */
export function idOf(manifestText: string): string {
  return createHash('sha256').update(manifestText).digest('hex');
}

/** @throws ManifestDamagedError, ArchiveFormatUnknownError */
export function parseManifest(text: string, archive: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ManifestDamagedError(archive, 'it is no JSON', error);
  }
  try {
    const { format, formatVersion, ...content } = object(value);
    if (format !== 'plinth-backup') throw new TypeError('"format" is not "plinth-backup"');
    if (formatVersion !== FORMAT_VERSION) throw new ArchiveFormatUnknownError(archive, String(formatVersion), FORMAT_VERSION);
    return { format, formatVersion: FORMAT_VERSION, ...contentOf(content) };
  } catch (error) {
    if (error instanceof TypeError) throw new ManifestDamagedError(archive, error.message, error);
    throw error;
  }
}

function contentOf(value: Json): Omit<Manifest, 'format' | 'formatVersion'> {
  return {
    createdAt: string(value, 'createdAt'),
    build: string(value, 'build'),
    server: string(value, 'server'),
    database: identityOf(object(value['database'])),
    head: string(value, 'head'),
    journal: list(value, 'journal').map((row) => ({ id: number(row, 'id'), timestamp: string(row, 'timestamp'), name: string(row, 'name') })),
    tables: list(value, 'tables').map(tableOf),
    sequences: list(value, 'sequences').map((row) => ({
      name: string(row, 'name'),
      lastValue: string(row, 'lastValue'),
      isCalled: boolean(row, 'isCalled'),
    })),
  };
}

function identityOf(value: Json): DatabaseIdentity {
  const systemIdentifier = value['systemIdentifier'] === null ? null : string(value, 'systemIdentifier');
  return { systemIdentifier, name: string(value, 'name'), oid: number(value, 'oid') };
}

function tableOf(value: Json): ArchivedTable {
  const key: unknown = value['key'];
  if (!isTexts(key)) throw new TypeError('"key" is no list of texts');
  return {
    name: string(value, 'name'),
    columns: list(value, 'columns').map(columnOf),
    key,
    rows: number(value, 'rows'),
    bytes: number(value, 'bytes'),
    sha256: string(value, 'sha256'),
  };
}

function columnOf(value: Json): ColumnShape {
  return { name: string(value, 'name'), type: string(value, 'type'), collated: boolean(value, 'collated') };
}

type Json = Record<string, unknown>;

function object(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('an object is missing');
  return { ...value };
}

function list(value: Json, name: string): Json[] {
  const items = value[name];
  if (!Array.isArray(items)) throw new TypeError(`"${name}" is no list`);
  return items.map((item) => object(item));
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function string(value: Json, name: string): string {
  const found = value[name];
  if (typeof found !== 'string') throw new TypeError(`"${name}" is no text`);
  return found;
}

function number(value: Json, name: string): number {
  const found = value[name];
  if (typeof found !== 'number') throw new TypeError(`"${name}" is no number`);
  return found;
}

function boolean(value: Json, name: string): boolean {
  const found = value[name];
  if (typeof found !== 'boolean') throw new TypeError(`"${name}" is neither true nor false`);
  return found;
}
