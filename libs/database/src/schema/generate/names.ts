import { GenerateOptionError, MigrationNameError } from './errors.js';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST_NAME = 60;
const TIMESTAMP = /^\d{13}$/;

/** What a migration is called: its file, its class and what the journal knows it by. */
export interface MigrationName {
  /** `1795300000000-add-note.ts` */
  readonly file: string;
  /** `AddNote1795300000000` */
  readonly className: string;
  readonly timestamp: number;
}

/** @throws MigrationNameError */
export function checkName(name: string | undefined): string {
  if (name === undefined || !NAME.test(name) || name.length > LONGEST_NAME) throw new MigrationNameError(name);
  return name;
}

/** The names of `add-note` at a time in Unix milliseconds. */
export function migrationName(name: string, timestamp: number): MigrationName {
  const pascal = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return { file: `${timestamp}-${name}.ts`, className: `${pascal}${timestamp}`, timestamp };
}

/** The time in the name of a migration's class. @throws GenerateOptionError for a name without one */
export function timestampOf(className: string): number {
  const digits = className.slice(-13);
  if (!TIMESTAMP.test(digits)) throw new GenerateOptionError('The migration', className, 'its name does not end in Unix milliseconds');
  return Number(digits);
}

/** So far apart are migrations, in milliseconds, that were written at once. */
export const APART = 1_000;

/**
 * The time for a new migration: now, or what was asked for, and always after the newest that there is.
 * @throws GenerateOptionError where the time asked for is not after it
 */
export function nextTimestamp(existing: readonly string[], asked?: number): number {
  const newest = Math.max(-APART, ...existing.map(timestampOf));
  if (asked === undefined) return Math.max(Date.now(), newest + APART);
  if (!TIMESTAMP.test(String(asked))) throw new GenerateOptionError('--timestamp', String(asked), 'it is no time in Unix milliseconds (13 digits)');
  if (asked < newest + APART)
    throw new GenerateOptionError('--timestamp', String(asked), `it has to be ${newest + APART} or later: the newest migration is of ${newest}`);
  return asked;
}
