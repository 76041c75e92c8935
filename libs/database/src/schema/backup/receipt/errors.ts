import { BackupError, someOf } from '../errors.js';

const BACK_UP_AGAIN = 'Run npm run db:backup and give its new archive.';

/** A step that can lose values has no usable proof that the values are kept elsewhere. Nothing was changed. */
export abstract class ReceiptError extends BackupError {}

/** The archive is of another database. */
export class BackupOfOtherDatabaseError extends ReceiptError {
  readonly code = 'BACKUP_OF_OTHER_DATABASE';

  constructor(archive: string, found: string, expected: string) {
    super(`"${archive}" is a backup of the database ${found}, and this is ${expected}. ${BACK_UP_AGAIN}`, { fields: { archive, found, expected } });
  }
}

/** Migrations have run, or were reverted, since the backup. */
export class BackupOfOtherHeadError extends ReceiptError {
  readonly code = 'BACKUP_OF_OTHER_HEAD';

  constructor(backup: string, found: string, expected: string) {
    super(`"${backup}" was taken when the newest migration was "${found}", and now it is "${expected}". ${BACK_UP_AGAIN}`, {
      fields: { backup, found, expected },
    });
  }
}

/** The ledger of this database does not know the backup. */
export class BackupReceiptMissingError extends ReceiptError {
  readonly code = 'BACKUP_RECEIPT_MISSING';

  constructor(what: string) {
    super(
      `${what} is not entered in app.schema_ledger of this database. ${BACK_UP_AGAIN} ` +
        'A backup made by other means is entered with npm run db:attest -- --id … --reason ….',
      { fields: { what } },
    );
  }
}

/** What differs between a backup and the table as it is now. */
export interface StaleTable {
  readonly name: string;
  /** Null where the backup does not hold the table. */
  readonly rowsThen: number | null;
  readonly rowsNow: number;
  readonly why: 'not in the backup' | 'other columns' | 'other rows';
  /** Columns that hold values and that the backup lacks, or that make it impossible to compare the rows. */
  readonly columns: readonly string[];
}

/** Tables that would lose values hold something that the backup does not. */
export class BackupReceiptStaleError extends ReceiptError {
  readonly code = 'BACKUP_RECEIPT_STALE';

  constructor(
    readonly receiptId: string,
    readonly tables: readonly StaleTable[],
  ) {
    super(
      `The backup ${receiptId.slice(0, 12)}… no longer holds what ${someOf(tables.map(({ name }) => name))} ${tables.length === 1 ? 'holds' : 'hold'} now: ` +
        `${tables.slice(0, 5).map(describe).join('; ')}. Nothing was changed. ${BACK_UP_AGAIN}`,
      { fields: { receiptId, tables } },
    );
  }
}

function describe({ name, rowsThen, rowsNow, why, columns }: StaleTable): string {
  if (why === 'not in the backup') return `"${name}" is not in it`;
  if (why === 'other columns') return `"${name}" had other columns (${someOf(columns)})`;
  return rowsThen === rowsNow ? `"${name}" has ${rowsNow} rows as then, with other values` : `"${name}" had ${rowsThen} rows and has ${rowsNow}`;
}

/** The attestation is older than it may be. */
export class AttestationExpiredError extends ReceiptError {
  readonly code = 'BACKUP_ATTESTATION_EXPIRED';

  constructor(backupId: string, ageMs: number, maxAgeMs: number) {
    super(
      `The backup "${backupId}" was attested ${hours(ageMs)} ago, and an attestation holds for ${hours(maxAgeMs)}. ` +
        'Make a new backup and enter it: npm run db:attest -- --id … --reason …',
      { fields: { backupId, ageMs, maxAgeMs } },
    );
  }
}

function hours(ms: number): string {
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 360_000) / 10} h`;
}

/** An attestation whose words say nothing. */
export class AttestationEmptyError extends ReceiptError {
  readonly code = 'BACKUP_ATTESTATION_EMPTY';

  constructor(what: string) {
    super(`${what} is empty or longer than 255 characters. Say which backup it is, and how it was made and checked.`, { fields: { what } });
  }
}
