import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { systemCodeOf } from '../../../embedded/errors.js';
import { BackupFolderError } from '../errors.js';
import { Measuring, type Measure } from '../measure.js';
import { MANIFEST_FILE, MANIFEST_HASH_FILE, TABLES_FOLDER, tableFile } from './files.js';

/** Rows are text with long repetitions: higher levels take three times as long for a twentieth less. */
const GZIP_LEVEL = 4;
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/**
 * An archive that is being written. Until `complete` it is a folder whose name says `.partial-` and that has no manifest; all of it is
 * readable by its owner only, since it holds the rows of every organization.
 */
export class ArchiveWriter {
  readonly #parent: string;
  readonly #folder: string;

  private constructor(parent: string, folder: string) {
    this.#parent = parent;
    this.#folder = folder;
  }

  /** Begins one in `parent`, which is made where it is missing. @throws BackupFolderError */
  static async begin(parent: string): Promise<ArchiveWriter> {
    return explained(parent, async () => {
      await mkdir(parent, { recursive: true, mode: PRIVATE_FOLDER });
      const folder = await mkdtemp(join(parent, '.partial-'));
      await mkdir(join(folder, TABLES_FOLDER), { mode: PRIVATE_FOLDER });
      return new ArchiveWriter(parent, folder);
    });
  }

  /** Writes what a COPY of a table gives, and measures it. @throws BackupFolderError, and what the source throws */
  async addTable(table: string, source: Readable): Promise<Measure> {
    const measuring = new Measuring();
    await explained(this.#parent, () => pipeline(source, measuring, createGzip({ level: GZIP_LEVEL }), privateFile(tableFile(this.#folder, table))));
    return measuring.result();
  }

  /**
   * Makes it an archive of this name and answers its path. Everything is on the disk before the name is.
   * @throws BackupFolderError
   */
  async complete(name: string, manifest: string, id: string): Promise<string> {
    const archive = join(this.#parent, name);
    await explained(this.#parent, async () => {
      await pipeline([manifest], privateFile(join(this.#folder, MANIFEST_FILE)));
      await pipeline([`${id}  ${MANIFEST_FILE}\n`], privateFile(join(this.#folder, MANIFEST_HASH_FILE)));
      await syncFolder(join(this.#folder, TABLES_FOLDER));
      await syncFolder(this.#folder);
      await rename(this.#folder, archive);
      await syncFolder(this.#parent);
    });
    return archive;
  }

  /** Takes away what was written so far. */
  async discard(): Promise<void> {
    if (!basename(this.#folder).startsWith('.partial-') || dirname(this.#folder) !== this.#parent) return;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** On the disk when it is closed. */
function privateFile(path: string): NodeJS.WritableStream {
  return createWriteStream(path, { flags: 'wx', mode: PRIVATE_FILE, flush: true });
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the file system refuses is the operator's to mend; everything else passes. */
async function explained<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new BackupFolderError(folder, systemCodeOf(error) ?? '', error);
  }
}

/** A lost connection has a system code too, but no path. */
function isFileError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('syscall' in error)) return false;
  return 'path' in error || error.syscall === 'write' || error.syscall === 'fsync';
}
