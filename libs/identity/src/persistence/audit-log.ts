import { isUuid, InvalidCursorError, type ActorType, type Db, type Sql } from '#database';

/** What the audit log can be narrowed to; all of it must hold. */
export interface AuditLogFilter {
  readonly action?: string;
  /** The kind of thing, by its table's name. */
  readonly subjectType?: string;
  /** Which thing; found by an index only together with its kind. */
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

/** How many entries a page looks through for what no index leads to, and so how long it takes at most. */
const WINDOW = 10_000;

type Filters = Partial<Record<keyof AuditLogFilter, string>>;

const TIMES: Filters = { from: 'created_at >= :from::timestamptz', to: 'created_at < :to::timestamptz' };
const FACTS: Filters = {
  action: 'action = :action',
  subjectType: 'subject_type = :subjectType',
  subjectId: 'subject_id = :subjectId',
  actorId: 'actor_id = :actorId::uuid',
};
const NEWEST_FIRST = 'order by created_at desc, id desc';

/** A statement with its parameters. */
export interface AuditLogStatement {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * One page of the log, newest first. The two indexes of the table lead by the organization, one also by the subject, and end by the
 * time: all entries and those of one subject are read in order from where the page begins. What else is asked for is looked for in
 * the next {@link WINDOW} entries only, so that no question can make the database read a whole log, or the whole table.
 */
export function auditLogStatement(filter: AuditLogFilter, limit: number, cursor?: string): AuditLogStatement {
  const { bounds, parameters } = startOf(filter, cursor);
  const facts = conditionsOf(FACTS, filter);
  const columns = 'id, actor_type, actor_id, action, subject_type, subject_id, changes, request_id, created_at, created_at::text as position';
  const from = isLookedFor(filter)
    ? `(select * from app.audit_log where ${bounds.join(' and ')} ${NEWEST_FIRST} limit :window) recent where ${facts.join(' and ')}`
    : `app.audit_log where ${[...bounds, ...facts].join(' and ')}`;
  const window = isLookedFor(filter) ? { window: WINDOW } : {};
  return { text: `select ${columns} from ${from} ${NEWEST_FIRST} limit :limit`, parameters: { ...parameters, ...window, limit } };
}

/** Whether no index leads to what the filter asks for. */
function isLookedFor({ action, actorId, subjectType, subjectId }: AuditLogFilter): boolean {
  if (subjectType !== undefined && subjectId !== undefined) return false;
  return [action, actorId, subjectType, subjectId].some((value) => value !== undefined);
}

function startOf(filter: AuditLogFilter, cursor: string | undefined): { bounds: string[]; parameters: Record<string, unknown> } {
  const bounds = ['org_id = :orgId', ...conditionsOf(TIMES, filter)];
  const parameters = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  if (cursor === undefined) return { bounds, parameters };
  return { bounds: [...bounds, '(created_at, id) < (:at::timestamptz, :id::uuid)'], parameters: { ...parameters, ...readCursor(cursor) } };
}

function conditionsOf(filters: Filters, filter: AuditLogFilter): string[] {
  const given = new Map<string, unknown>(Object.entries(filter));
  return Object.entries(filters).flatMap(([name, condition]) => (given.get(name) === undefined ? [] : [condition]));
}

/**
 * One page of the current organization's log. A page that had to look for its entries can be short, or empty, and still say where to
 * go on. @throws InvalidCursorError
 */
export async function pageOfAuditLog(
  db: Db,
  filter: AuditLogFilter,
  limit: number,
  cursor?: string,
): Promise<{ items: AuditLogRow[]; nextCursor: string | null }> {
  const { text, parameters } = auditLogStatement(filter, limit + 1, cursor);
  const rows = await db.query<AuditLogRow>(text, parameters);
  const last = rows.length > limit ? rows[limit - 1] : isLookedFor(filter) ? await endOfWindow(db, filter, cursor) : undefined;
  return { items: rows.slice(0, limit), nextCursor: last === undefined ? null : writeCursor(last) };
}

/** The last entry that was looked at, or undefined where that was the last one there is. */
async function endOfWindow(db: Db, filter: AuditLogFilter, cursor: string | undefined): Promise<Pick<AuditLogRow, 'id' | 'position'> | undefined> {
  const { from, to } = filter;
  const { bounds, parameters } = startOf({ from, to }, cursor);
  const [row] = await db.query<Pick<AuditLogRow, 'id' | 'position'>>(
    `select id, created_at::text as position from app.audit_log where ${bounds.join(' and ')} ${NEWEST_FIRST} offset :skipped limit 1`,
    { ...parameters, skipped: WINDOW - 1 },
  );
  return row;
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

function writeCursor({ position, id }: Pick<AuditLogRow, 'id' | 'position'>): string {
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
