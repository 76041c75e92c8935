import { PlinthError, type PlinthErrorOptions } from '../../errors.js';

/** Something about a backup, its archive or a restore that an operator can mend. */
export abstract class BackupError extends PlinthError {
  readonly family = 'operator' as const;
}

/** `"a", "b", "c" and 4 more`. */
export function someOf(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  return shown.join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
}

/** One table that a login cannot read as a whole, and the statement that mends it. */
export interface HiddenTable {
  readonly name: string;
  readonly reason: 'schema' | 'privilege' | 'no-policy' | 'restrictive-policy';
  readonly mend: string;
}

/** The login would not see every row: a backup as it would lack rows without an error. Nothing was read. */
export class RowsHiddenError extends BackupError {
  readonly code = 'BACKUP_ROWS_HIDDEN';

  constructor(
    readonly login: string,
    readonly tables: readonly HiddenTable[],
  ) {
    const names = tables.map(({ name }) => name);
    super(
      `"${login}" does not see every row of ${someOf(names)}, so rows would be missing without an error. No row was read. ` +
        `Let DATABASE_OWNER_URL log in as "app_owner" (npm run db:roles prints the line). If it does, mend its rights: ${tables[0]?.mend ?? ''}`,
      { fields: { login, tables } },
    );
  }
}

/** Somebody else holds locks on the tables for longer than was to be waited, or waits for ours in turn. Nothing has changed. */
export class TablesLockedError extends BackupError {
  readonly code = 'BACKUP_TABLES_LOCKED';

  constructor(waitedMs: number, options: PlinthErrorOptions) {
    super(
      `Another session locks tables of the schema "app", and did not let go within ${waitedMs / 1000} s. Nothing was changed. ` +
        'Wait for it, or look for it: select pid, application_name, state, query from pg_stat_activity where pid in (select pid from pg_locks where mode = ' +
        "'AccessExclusiveLock').",
      options,
    );
  }
}

/** Tables came or went between looking and locking, again and again. */
export class TablesChangedMeanwhileError extends BackupError {
  readonly code = 'BACKUP_TABLES_CHANGED';

  constructor() {
    super('Tables of the schema "app" come and go while they are to be locked. Wait until the migration has ended, and run it again.');
  }
}

/** The archive is whole and can be restored, but the ledger does not know it, so it is no receipt for a repair that loses values. */
export class ReceiptNotRecordedError extends BackupError {
  readonly code = 'BACKUP_RECEIPT_NOT_RECORDED';

  constructor(archive: string, options: PlinthErrorOptions) {
    super(
      `The backup in "${archive}" is complete and can be restored, but it could not be entered in app.schema_ledger, ` +
        'so a schema repair will not accept it. Mend what is named below and back up again: ' +
        `${options.cause instanceof Error ? options.cause.message : String(options.cause)}`,
      { ...options, fields: { archive } },
    );
  }
}

/** The folder that archives go to cannot be written. */
export class BackupFolderError extends BackupError {
  readonly code = 'BACKUP_FOLDER';

  constructor(folder: string, systemCode: string, cause: unknown) {
    const step = systemCode === 'ENOSPC' ? 'The disk is full: free some space' : 'Give --to a folder that this user may write';
    super(`The backup could not be written to "${folder}" (${systemCode}). ${step}, and run it again. Nothing that looks complete was left.`, {
      cause,
      fields: { folder, systemCode },
    });
  }
}
