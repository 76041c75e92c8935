import type { MemberRole, OrganizationStatus, Sql } from '#database';

/** What decides whether a session may go on, and what it may do. */
export interface AccessRow {
  readonly role: MemberRole;
  readonly permissions: string[];
  readonly is_active: boolean;
  readonly status: OrganizationStatus;
  readonly session_open: boolean;
}

/**
 * The membership with everything around it, or nothing where there is none. A session is open while the newest token of its family
 * is neither withdrawn nor expired. Needs a connection as app_auth, entered for this user.
 */
export async function findAccess(sql: Sql, userId: string, orgId: string, sessionId: string): Promise<AccessRow | undefined> {
  const [row] = await sql.query<AccessRow>(
    `select m.role, m.permissions, u.is_active, o.status,
            exists (
              select from app.refresh_token t
               where t.family_id = :session and t.user_id = m.user_id and t.revoked_at is null and t.replaced_at is null and t.expires_at > now()
            ) as session_open
       from app.organization_user m
       join app."user" u on u.id = m.user_id
       join app.organization o on o.id = m.org_id
      where m.user_id = :user and m.org_id = :org`,
    { user: userId, org: orgId, session: sessionId },
  );
  return row;
}
