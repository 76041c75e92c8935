import { isUuid, InvalidCursorError, type ActorType, type Db, type Sql } from '#database';

/** What the audit log can be narrowed to; all of it must hold. */
export interface AuditLogFilter {
  readonly action?: string;
  /** The kind of thing, by its table's name. */
  readonly subjectType?: string;
  /** Which thing; found fastest together with its kind. */
  readonly subjectId?: string;
  readonly actorId?: string;
  /** Entries from this moment on. */
  readonly from?: Date;
  /** Entries before this moment. */
  readonly to?: Date;
}

export interface AuditLogRow {
  readonly id: string;
  readonly actor_type: ActorType;
  readonly actor_id: string | null;
  readonly action: string;
  readonly subject_type: string | null;
  readonly subject_id: string | null;
  readonly changes: Record<string, unknown> | null;
  readonly request_id: string | null;
  readonly created_at: Date;
  /** `created_at` to the microsecond, for the cursor. */
  readonly position: string;
}

const CONDITIONS: Readonly<Record<keyof AuditLogFilter, string>> = {
  action: 'action = :action',
  subjectType: 'subject_type = :subjectType',
  subjectId: 'subject_id = :subjectId',
  actorId: 'actor_id = :actorId::uuid',
  from: 'created_at >= :from::timestamptz',
  to: 'created_at < :to::timestamptz',
};

/**
 * One page of the log, newest first. Both orders that an index of the table has lead by the organization and end by the time, so a
 * page is read backwards from where it begins, however long the log is.
 */
export function auditLogStatement(filter: AuditLogFilter, limit: number, cursor?: string): { text: string; parameters: Record<string, unknown> } {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const conditions = given.map(([name]) => CONDITIONS[name as keyof AuditLogFilter]);
  const parameters: Record<string, unknown> = { ...Object.fromEntries(given), limit };
  if (cursor !== undefined) {
    conditions.push('(created_at, id) < (:at::timestamptz, :id::uuid)');
    Object.assign(parameters, readCursor(cursor));
  }
  const text = `select id, actor_type, actor_id, action, subject_type, subject_id, changes, request_id, created_at, created_at::text as position
    from app.audit_log where ${['org_id = :orgId', ...conditions].join(' and ')} order by created_at desc, id desc limit :limit`;
  return { text, parameters };
}

/** One page of the current organization's log. @throws InvalidCursorError */
export async function pageOfAuditLog(
  db: Db,
  filter: AuditLogFilter,
  limit: number,
  cursor?: string,
): Promise<{ items: AuditLogRow[]; nextCursor: string | null }> {
  const { text, parameters } = auditLogStatement(filter, limit + 1, cursor);
  const rows = await db.query<AuditLogRow>(text, parameters);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit), nextCursor: last === undefined ? null : writeCursor(last) };
}

/** The organizations there are, oldest first. Needs a connection that sees all of them. */
export async function findOrganizationIds(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select id from app.organization order by id');
  return rows.map(({ id }) => id);
}

/** Deletes an organization's oldest entries before `before`, `limit` at most. @returns how many */
export async function deleteAuditLogBefore(sql: Sql, organizationId: string, before: Date, limit: number): Promise<number> {
  return sql.execute(
    `delete from app.audit_log where org_id = :organizationId and id in (
       select id from app.audit_log where org_id = :organizationId and created_at < :before::timestamptz order by created_at limit :limit)`,
    { organizationId, before, limit },
  );
}

const POSITION = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/;

function writeCursor({ position, id }: AuditLogRow): string {
  return Buffer.from(JSON.stringify(['audit', position, id])).toString('base64url');
}

function readCursor(cursor: string): { at: string; id: string } {
  const parts = parsed(cursor);
  const [list, at, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (list !== 'audit' || typeof at !== 'string' || !POSITION.test(at) || !isUuid(id)) throw new InvalidCursorError();
  return { at, id };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCursorError();
  }
}
