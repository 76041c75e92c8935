import { sqlStateOf, type Sql } from '#database';
import { deleteAuditLogBefore, findOrganizationIds } from '../persistence/audit-log.js';
import { AuditLogPurgeNotGrantedError } from './errors.js';

const DAY_MS = 86_400_000;
const PERMISSION_DENIED = '42501';

/** Runs work in one transaction that sees the rows of every organization: `(work) => unrestricted.run({ reason, actor }, work)`. */
export type RunBatch = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

export interface AuditLogPurge {
  /** How long entries are kept, in days; 0 keeps them for ever and deletes nothing. */
  readonly retentionDays: number;
  /** Entries deleted in one transaction. Default 5,000. */
  readonly batchSize?: number;
  /** Stops between two batches. */
  readonly signal?: AbortSignal;
  readonly now?: Date;
}

/**
 * Deletes entries of the audit log that are older than the retention, organization by organization and oldest first, in short
 * transactions: stopped at any point, it goes on from there the next time.
 * @returns how many entries were deleted
 * @throws AuditLogPurgeNotGrantedError
 */
export async function purgeAuditLog(run: RunBatch, purge: AuditLogPurge): Promise<number> {
  const { retentionDays, batchSize = 5_000, signal, now = new Date() } = purge;
  if (retentionDays <= 0) return 0;
  const before = new Date(now.getTime() - retentionDays * DAY_MS);
  let deleted = 0;
  for (const organizationId of await run(findOrganizationIds)) {
    let batch = batchSize;
    while (batch === batchSize && signal?.aborted !== true) {
      batch = await run((sql) => deleteBatch(sql, organizationId, before, batchSize));
      deleted += batch;
    }
  }
  return deleted;
}

async function deleteBatch(sql: Sql, organizationId: string, before: Date, limit: number): Promise<number> {
  try {
    return await deleteAuditLogBefore(sql, organizationId, before, limit);
  } catch (error) {
    if (sqlStateOf(error) === PERMISSION_DENIED) throw new AuditLogPurgeNotGrantedError(error);
    throw error;
  }
}
