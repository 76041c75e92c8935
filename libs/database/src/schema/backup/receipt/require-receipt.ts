import type { ClientBase } from 'pg';
import { openArchive } from '../archive/open-archive.js';
import { readDatabaseIdentity } from '../database-identity.js';
import { headOf, readJournal } from '../migration-state.js';
import type { LockWait } from '../snapshot.js';
import { AttestationExpiredError, BackupOfOtherHeadError, BackupReceiptMissingError, BackupReceiptStaleError } from './errors.js';
import { verifyReceipt, type BackupReceipt } from './receipt.js';
import { unchangedSince } from './unchanged-since.js';

/** A folder of `db:backup`, or the id under which a person attested a backup made by other means. */
export type ReceiptReference = { readonly archive: string } | { readonly backupId: string };

export interface ReceiptOptions extends LockWait {
  /** How old an attestation may be, in ms. Default 24 hours. */
  readonly attestationMaxAgeMs?: number;
}

/** What stands between a step and lost values, as the repair's own entry in the ledger names it. */
export type AcceptedReceipt =
  | { readonly kind: 'archive'; readonly archive: string; readonly receipt: BackupReceipt }
  | { readonly kind: 'attestation'; readonly backupId: string; readonly reason: string; readonly who: string; readonly attestedAt: string };

const DAY_MS = 86_400_000;

/**
 * Lets a step pass that can lose values of these tables. An archive must be entered in this database's ledger, hold what its manifest
 * says, be of this database and head, and hold exactly what the tables hold now: they are locked against writers until the caller's
 * transaction ends. An attestation is a person's word, which only grows old.
 * @param client inside the transaction of the step, as app_owner
 * @param tables names in the schema `app`
 * @throws BackupReceiptMissingError, BackupReceiptStaleError, BackupOfOtherDatabaseError, BackupOfOtherHeadError, AttestationExpiredError,
 *   RowsHiddenError, TablesLockedError, and every ArchiveError
 */
export async function requireReceipt(
  client: ClientBase,
  reference: ReceiptReference,
  tables: readonly string[],
  options: ReceiptOptions = {},
): Promise<AcceptedReceipt> {
  const head = headOf(await readJournal(client));
  if ('backupId' in reference) return attestation(client, reference.backupId, head, options);
  const archive = await openArchive(reference.archive);
  await refuseUnknown(client, archive.id, reference.archive);
  const receipt = await verifyReceipt(archive, { database: await readDatabaseIdentity(client), head });
  const stale = await unchangedSince(client, receipt, tables, { ...options, archive });
  if (stale.length > 0) throw new BackupReceiptStaleError(receipt.id, stale);
  return { kind: 'archive', archive: reference.archive, receipt };
}

async function refuseUnknown(client: ClientBase, id: string, archive: string): Promise<void> {
  const { rowCount } = await client.query(`select 1 from app.schema_ledger where kind = 'BACKUP' and details -> 'receipt' ->> 'id' = $1`, [id]);
  if (rowCount === 0) throw new BackupReceiptMissingError(`The backup in "${archive}"`);
}

interface AttestationRow {
  readonly who: string;
  readonly version: string;
  readonly reason: string;
  readonly attestedAt: string;
  readonly ageMs: number;
}

async function attestation(client: ClientBase, backupId: string, head: string, options: ReceiptOptions): Promise<AcceptedReceipt> {
  const { rows } = await client.query<AttestationRow>(
    `select who, version, details ->> 'reason' as reason, to_char("when" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "attestedAt",
       (extract(epoch from clock_timestamp() - "when") * 1000)::float8 as "ageMs"
     from app.schema_ledger where kind = 'ATTEST' and details ->> 'backupId' = $1 order by "when" desc limit 1`,
    [backupId],
  );
  const [row] = rows;
  if (row === undefined) throw new BackupReceiptMissingError(`The backup "${backupId}"`);
  const maxAgeMs = options.attestationMaxAgeMs ?? DAY_MS;
  if (row.ageMs > maxAgeMs) throw new AttestationExpiredError(backupId, row.ageMs, maxAgeMs);
  if (row.version !== head) throw new BackupOfOtherHeadError(backupId, row.version, head);
  return { kind: 'attestation', backupId, reason: row.reason, who: row.who, attestedAt: row.attestedAt };
}
