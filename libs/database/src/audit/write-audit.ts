import type { Db } from '../tenancy/db.js';

/** What happened to which thing, for `audit_log`. Who did it, when and in which request is taken from the connection. */
export interface AuditEntry {
  /** What was done, as `<thing>.<verb in the past>`: `member.removed`. */
  readonly action: string;
  /** The kind of thing, by its table's name. */
  readonly subjectType: string;
  readonly subjectId: string;
  /** What changed: never a secret. */
  readonly changes?: Readonly<Record<string, unknown>>;
}

/**
 * Writes one entry, with whatever else the transaction writes: give it the Tx of the change, so that there is never one without
 * the other.
 */
export async function writeAudit(db: Db, { action, subjectType, subjectId, changes }: AuditEntry): Promise<void> {
  await db.execute('select app.write_audit(:action, :subjectType, :subjectId, :changes::jsonb)', {
    action,
    subjectType,
    subjectId,
    changes: changes === undefined ? null : JSON.stringify(changes),
  });
}
