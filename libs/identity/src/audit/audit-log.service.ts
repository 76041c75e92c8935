import { Injectable } from '@nestjs/common';
import { TenantConnection, type ActorType } from '#database';
import { pageOfAuditLog, type AuditLogFilter, type AuditLogRow } from '../persistence/audit-log.js';
import type { PageOf, PageRequest } from '../persistence/page-request.js';

/** Who did what to which thing, as clients see it. */
export interface AuditLogView {
  readonly id: string;
  readonly actorType: ActorType;
  readonly actorId: string | null;
  /** `<thing>.<verb in the past>`. */
  readonly action: string;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  readonly changes: Readonly<Record<string, unknown>> | null;
  readonly requestId: string | null;
  readonly createdAt: Date;
}

/** Reads the audit log of the current organization. Nothing writes it but `app.write_audit`. */
@Injectable()
export class AuditLogService {
  constructor(private readonly db: TenantConnection) {}

  /** One page, newest first. @throws InvalidCursorError */
  async list(filter: AuditLogFilter = {}, page: PageRequest = {}): Promise<PageOf<AuditLogView>> {
    const { items, nextCursor } = await pageOfAuditLog(this.db, filter, page.limit ?? 50, page.cursor);
    return { items: items.map(toView), nextCursor };
  }
}

function toView(row: AuditLogRow): AuditLogView {
  return {
    id: row.id,
    actorType: row.actor_type,
    actorId: row.actor_id,
    action: row.action,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    changes: row.changes,
    requestId: row.request_id,
    createdAt: row.created_at,
  };
}
