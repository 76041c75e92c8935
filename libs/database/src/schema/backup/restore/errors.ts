import { BackupError, someOf } from '../errors.js';

/** A restore was refused or failed; the database is as it was. */
export abstract class RestoreError extends BackupError {}

/** The migrations of the database are not those of the archive. */
export class JournalsDifferError extends RestoreError {
  readonly code = 'RESTORE_JOURNALS_DIFFER';

  constructor(
    /** In the archive and not in the database, oldest first. */
    readonly toRun: readonly string[],
    /** In the database and not in the archive, newest first. */
    readonly toRevert: readonly string[],
  ) {
    const steps = [
      ...(toRun.length > 0 ? [`Run ${someOf(toRun, 10)} first: npm run migration:run, with a build that has them.`] : []),
      ...(toRevert.length > 0
        ? [
            `Revert ${someOf(toRevert, 10)} first (npm run migration:revert -- --yes), or restore into a database whose newest migration is the archive's, and migrate then.`,
          ]
        : []),
    ];
    super(`The archive was taken at other migrations than the database has, so its rows may not fit. Nothing was changed. ${steps.join(' ')}`, {
      fields: { toRun, toRevert },
    });
  }
}

/** The tables of the database do not have the columns of the archive although the same migrations ran. */
export class TablesDifferError extends RestoreError {
  readonly code = 'RESTORE_TABLES_DIFFER';

  constructor(readonly differences: readonly string[]) {
    super(
      `The tables of the database are not those that were backed up: ${differences.slice(0, 10).join('; ')}${differences.length > 10 ? '; …' : ''}. ` +
        'Nothing was changed. The schema has drifted: npm run schema:check says how, npm run schema:fix mends it.',
      { fields: { differences } },
    );
  }
}

/** Rows of the database would be lost. */
export class TablesNotEmptyError extends RestoreError {
  readonly code = 'RESTORE_TABLES_NOT_EMPTY';

  constructor(readonly rows: Readonly<Record<string, number>>) {
    const names = Object.keys(rows);
    const counted = names.slice(0, 5).map((name) => `"${name}" (${rows[name]})`);
    super(
      `The database holds rows: ${counted.join(', ')}${names.length > 5 ? ` and ${names.length - 5} more tables` : ''}. Nothing was changed. ` +
        'Restore into a database that db:init has just made, or add --replace: every row of every table is then deleted, and the archive takes its place.',
      { fields: { rows } },
    );
  }
}

/** Only the owner of the tables may take their keys and row security off for the time of the restore. */
export class NotTheOwnerError extends RestoreError {
  readonly code = 'RESTORE_NOT_THE_OWNER';

  constructor(login: string, tables: readonly string[]) {
    super(
      `"${login}" does not own ${someOf(tables)}, and a restore needs the owner. Nothing was changed. ` +
        'Let DATABASE_OWNER_URL log in as "app_owner" (npm run db:roles prints the line).',
      { fields: { login, tables } },
    );
  }
}

/** PostgreSQL refused something of a table. The transaction was taken back. */
export class RestoreFailedError extends RestoreError {
  readonly code = 'RESTORE_FAILED';

  constructor(table: string, doing: string, cause: unknown) {
    super(
      `Restoring failed at the table "${table}", ${doing}: ${cause instanceof Error ? cause.message : String(cause)}. Nothing was changed. ` +
        'If the connection was lost, run it again; otherwise compare the schema: npm run schema:check.',
      { cause, fields: { table, doing } },
    );
  }
}

/** What the database wrote back is not what was read from the archive. */
export class RestoredRowsDifferError extends RestoreError {
  readonly code = 'RESTORE_ROWS_DIFFER';

  constructor(table: string, expected: { readonly rows: number; readonly sha256: string }, found: { readonly rows: number; readonly sha256: string }) {
    super(
      `The table "${table}" would hold other rows than the archive: ${found.rows} of ${expected.rows}${found.rows === expected.rows ? ', with other values' : ''}. ` +
        'Nothing was changed. Something in the database alters rows that are copied in: look for rules and column types with npm run schema:check.',
      { fields: { table, expected, found } },
    );
  }
}
