import { BackupError } from '../errors.js';

/** The archive cannot be used as it is. */
export abstract class ArchiveError extends BackupError {}

/** There is no such folder, or it is no archive: a killed backup leaves a folder without a manifest. */
export class ArchiveIncompleteError extends ArchiveError {
  readonly code = 'ARCHIVE_INCOMPLETE';

  constructor(archive: string, missing: string, cause: unknown) {
    super(
      `"${archive}" is no complete backup: "${missing}" cannot be read. Give the folder that npm run db:backup printed. ` +
        'A folder whose name holds ".partial-" is what a killed backup left; it can be deleted.',
      { cause, fields: { archive, missing } },
    );
  }
}

/** The manifest is not what was written. */
export class ManifestDamagedError extends ArchiveError {
  readonly code = 'ARCHIVE_MANIFEST_DAMAGED';

  constructor(archive: string, why: string, cause?: unknown) {
    super(`The manifest of "${archive}" was changed after it was written: ${why}. Take another copy of the archive.`, { cause, fields: { archive } });
  }
}

/** The archive was written by another version of this program. */
export class ArchiveFormatUnknownError extends ArchiveError {
  readonly code = 'ARCHIVE_FORMAT_UNKNOWN';

  constructor(archive: string, found: string, known: number) {
    super(`"${archive}" has the format version ${found}, and this build reads ${known}. Use the build that wrote it.`, { fields: { archive, found, known } });
  }
}

/** The file of a table is not there. */
export class ArchiveTableMissingError extends ArchiveError {
  readonly code = 'ARCHIVE_TABLE_MISSING';

  constructor(
    archive: string,
    readonly table: string,
    file: string,
    cause: unknown,
  ) {
    super(`"${archive}" lacks the file of the table "${table}", "${file}". Take another copy of the archive.`, { cause, fields: { archive, table } });
  }
}

/** The file of a table holds other bytes than were written. */
export class ArchiveTableDamagedError extends ArchiveError {
  readonly code = 'ARCHIVE_TABLE_DAMAGED';

  constructor(
    archive: string,
    readonly table: string,
    why: string,
    cause?: unknown,
  ) {
    super(`The rows of the table "${table}" in "${archive}" are not those that were backed up: ${why}. Take another copy of the archive.`, {
      cause,
      fields: { archive, table },
    });
  }
}

/** The manifest counts other rows than the file of a table holds. */
export class ArchiveRowCountError extends ArchiveError {
  readonly code = 'ARCHIVE_ROW_COUNT';

  constructor(
    archive: string,
    readonly table: string,
    promised: number,
    found: number,
  ) {
    super(`"${archive}" promises ${promised} rows of the table "${table}", and its file holds ${found}. Take another copy of the archive.`, {
      fields: { archive, table, promised, found },
    });
  }
}
