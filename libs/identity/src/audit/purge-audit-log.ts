import type { Sql } from '#database';
import { deleteAuditLogBefore, findOrganizationIds } from '../persistence/audit-log.js';

const DAY_MS = 86_400_000;
/** Looked at in one transaction where nothing is old: each look is one step in an index. */
const ORGANIZATIONS_AT_ONCE = 200;

/** Runs work in one transaction that sees the rows of every organization: `(work) => unrestricted.run({ reason, actor }, work)`. */
export type RunBatch = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

export interface AuditLogPurge {
  /** How long entries are kept, in days; 0 keeps them for ever and deletes nothing. */
  readonly retentionDays: number;
  /** Entries deleted in one transaction. Default 5,000. */
  readonly batchSize?: number;
  /** Stops between two transactions. */
  readonly signal?: AbortSignal;
  readonly now?: Date;
}

/**
 * Deletes entries of the audit log that are older than the retention, organization by organization and oldest first, in short
 * transactions: stopped at any point, it goes on from there the next time.
 * @returns how many entries were deleted
 */
export async function purgeAuditLog(run: RunBatch, purge: AuditLogPurge): Promise<number> {
  const { retentionDays, batchSize = 5_000, signal, now = new Date() } = purge;
  if (retentionDays <= 0) return 0;
  const before = new Date(now.getTime() - retentionDays * DAY_MS);
  let waiting: readonly string[] = await run(findOrganizationIds);
  let deleted = 0;
  while (waiting.length > 0 && signal?.aborted !== true) {
    const batch = waiting;
    const swept = await run((sql) => sweep(sql, batch, before, batchSize));
    deleted += swept.deleted;
    waiting = waiting.slice(swept.done);
  }
  return deleted;
}

/** Deletes up to `limit` entries. @returns how many, and how many of the organizations have no old ones any more */
async function sweep(sql: Sql, organizationIds: readonly string[], before: Date, limit: number): Promise<{ deleted: number; done: number }> {
  let deleted = 0;
  let done = 0;
  for (const id of organizationIds.slice(0, ORGANIZATIONS_AT_ONCE)) {
    deleted += await deleteAuditLogBefore(sql, id, before, limit - deleted);
    if (deleted === limit) break;
    done += 1;
  }
  return { deleted, done };
}
