import { PlinthError, type PlinthErrorOptions } from '../errors.js';

/** Anything that keeps the embedded PostgreSQL from serving. Each cause is a class; the message names the path or number and the mend. */
export abstract class EmbeddedServerError extends PlinthError {
  readonly family = 'operator' as const;
}

/** The platform package with PostgreSQL's programs is not installed, or not whole. */
export class PostgresProgramsMissingError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_PROGRAMS_MISSING';
}

/** Root was asked to start PostgreSQL, and the account it would run as cannot enter a folder on the way. */
export class FolderUnreachableError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_FOLDER_UNREACHABLE';
}

/** The home folder belongs to another user, or cannot be written. */
export class HomeNotWritableError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_HOME_NOT_WRITABLE';
}

/** The data folder was made by another major version of PostgreSQL. It has not been touched. */
export class OtherMajorVersionError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_OTHER_MAJOR_VERSION';
}

/** There is a data folder, but its passwords file is gone or unreadable. */
export class SecretsUnusableError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_SECRETS_UNUSABLE';
}

/** The disk that holds the home folder is full. */
export class DiskFullError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_DISK_FULL';
}

/** A join asked for another durability than the one the data folder was made with. */
export class DurabilityDiffersError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_DURABILITY_DIFFERS';
}

/** PostgreSQL or its supervisor ended, or did not become ready in time; the message ends with what it wrote last. */
export class EmbeddedStartError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_START_FAILED';
}

/** Something asked to stop or empty the server while other processes still use it. */
export class EmbeddedServerInUseError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_IN_USE';
}

/** DATABASE_URL is not set, so the embedded server would be used, but other URLs point somewhere. */
export class MixedServersError extends EmbeddedServerError {
  readonly code = 'EMBEDDED_MIXED_SERVERS';

  constructor(variables: readonly string[]) {
    super(
      `DATABASE_URL is not set, but ${variables.map((name) => `"${name}"`).join(' and ')} ${variables.length === 1 ? 'is' : 'are'}. ` +
        'Set DATABASE_URL too, or unset the others to use the embedded PostgreSQL for everything.',
      { fields: { variables } },
    );
  }
}

type EmbeddedErrorClass = new (message: string, options?: PlinthErrorOptions) => EmbeddedServerError;

const CLASSES: Readonly<Record<string, EmbeddedErrorClass>> = {
  EMBEDDED_PROGRAMS_MISSING: PostgresProgramsMissingError,
  EMBEDDED_FOLDER_UNREACHABLE: FolderUnreachableError,
  EMBEDDED_HOME_NOT_WRITABLE: HomeNotWritableError,
  EMBEDDED_OTHER_MAJOR_VERSION: OtherMajorVersionError,
  EMBEDDED_SECRETS_UNUSABLE: SecretsUnusableError,
  EMBEDDED_DISK_FULL: DiskFullError,
  EMBEDDED_DURABILITY_DIFFERS: DurabilityDiffersError,
};

/** Makes the error again in the process that asked, from the code and message the supervisor sent over its socket. */
export function embeddedErrorOf(code: string, message: string): EmbeddedServerError {
  const ErrorClass = CLASSES[code] ?? EmbeddedStartError;
  return new ErrorClass(message);
}

/** The system's code of an error (`ENOENT`, `EACCES`), or undefined where it has none. */
export function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The error as it is, or a named one where the operating system said that the disk is full or the folder is not ours. */
export function explainSystemError(error: unknown, path: string): unknown {
  const code = systemCodeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path, error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new HomeNotWritableError(
      `The folder "${path}" cannot be written by this user. Give it to the user that runs Plinth, or set PLINTH_HOME to a folder of your own.`,
      { cause: error, fields: { path } },
    );
  }
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return new HomeNotWritableError(`"${path}" cannot be the home folder: it, or a part of its path, is a file. Set PLINTH_HOME to a folder.`, {
      cause: error,
      fields: { path },
    });
  }
  return error;
}

/** The error for a full disk, naming the folder that was being written. */
export function diskFull(path: string, cause?: unknown): DiskFullError {
  return new DiskFullError(
    `No space is left on the disk that holds "${path}". A new database needs about 100 MB: free some, or set PLINTH_HOME to a folder on another disk.`,
    { cause, fields: { path } },
  );
}
