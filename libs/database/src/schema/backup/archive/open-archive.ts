import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { systemCodeOf } from '../../../embedded/errors.js';
import { Measuring, nowhere, type Measure } from '../measure.js';
import {
  ArchiveError,
  ArchiveIncompleteError,
  ArchiveRowCountError,
  ArchiveTableDamagedError,
  ArchiveTableMissingError,
  ManifestDamagedError,
} from './errors.js';
import { MANIFEST_FILE, MANIFEST_HASH_FILE, tableFile } from './files.js';
import { idOf, parseManifest, type ArchivedTable, type Manifest } from './manifest.js';

/** An archive whose manifest is as it was written. What its files hold is known when `verifyTables` has read them. */
export interface OpenArchive {
  readonly path: string;
  readonly id: string;
  readonly manifest: Manifest;
}

/** An archive that was read as a whole and holds what its manifest says. */
export interface VerifiedArchive extends OpenArchive {
  readonly verified: true;
}

/** Reads the manifest. @throws ArchiveIncompleteError, ManifestDamagedError, ArchiveFormatUnknownError */
export async function openArchive(path: string): Promise<OpenArchive> {
  const text = await readPart(path, MANIFEST_FILE);
  const promised = (await readPart(path, MANIFEST_HASH_FILE)).split(/\s/, 1)[0] ?? '';
  const id = idOf(text);
  if (promised !== id) throw new ManifestDamagedError(path, `its hash is ${id}, and ${MANIFEST_HASH_FILE} says ${promised}`);
  return { path, id, manifest: parseManifest(text, path) };
}

async function readPart(path: string, file: string): Promise<string> {
  try {
    return await readFile(join(path, file), 'utf8');
  } catch (error) {
    throw new ArchiveIncompleteError(path, file, error);
  }
}

/** Reads every table of the archive and compares it with the manifest. @throws ArchiveTableMissingError, ArchiveTableDamagedError, ArchiveRowCountError */
export async function verifyTables(archive: OpenArchive): Promise<VerifiedArchive> {
  for (const table of archive.manifest.tables) await readTable(archive, table, nowhere());
  return { ...archive, verified: true };
}

/** Opens an archive and reads all of it. @throws every ArchiveError */
export async function verifiedArchive(path: string): Promise<VerifiedArchive> {
  return verifyTables(await openArchive(path));
}

/**
 * Pours the COPY text of a table into `sink` and compares what passed with the manifest.
 * @throws ArchiveTableMissingError, ArchiveTableDamagedError, ArchiveRowCountError, and what the sink throws
 */
export async function readTable(archive: OpenArchive, table: ArchivedTable, sink: Writable): Promise<void> {
  const measuring = new Measuring();
  const file = tableFile(archive.path, table.name);
  try {
    await pipeline(createReadStream(file), createGunzip(), measuring, sink);
  } catch (error) {
    throw explained(archive, table, file, error);
  }
  compare(archive, table, measuring.result());
}

function compare({ path }: OpenArchive, table: ArchivedTable, found: Measure): void {
  if (found.rows !== table.rows) throw new ArchiveRowCountError(path, table.name, table.rows, found.rows);
  if (found.sha256 !== table.sha256 || found.bytes !== table.bytes) {
    throw new ArchiveTableDamagedError(path, table.name, `their hash is ${found.sha256}, and the manifest says ${table.sha256}`);
  }
}

/** What zlib and the file system say of the file; everything else is the sink's. */
function explained({ path }: OpenArchive, table: ArchivedTable, file: string, error: unknown): unknown {
  const code = systemCodeOf(error) ?? '';
  if (code === 'ENOENT') return new ArchiveTableMissingError(path, table.name, file, error);
  if (/^Z_/.test(code) || ['EACCES', 'EIO', 'EISDIR'].includes(code))
    return new ArchiveTableDamagedError(path, table.name, `their file cannot be read (${code})`, error);
  return error;
}

/** Whether an error is about the archive and not about the database. */
export function isArchiveError(error: unknown): error is ArchiveError {
  return error instanceof ArchiveError;
}
