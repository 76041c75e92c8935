import type { MemberRole, Sql } from '#database';

/** A person as seen from the organization of the session. */
export interface ProfileRow {
  readonly user_id: string;
  readonly email: string;
  readonly user_name: string;
  readonly email_verified_at: Date | null;
  readonly last_login_at: Date | null;
  readonly user_created_at: Date;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly slug: string;
  readonly role: MemberRole;
  readonly permissions: string[];
  readonly joined_at: Date;
}

/** The person and their membership in the entered organization, or nothing once either has ended. Needs a tenant connection. */
export async function findProfile(sql: Sql, userId: string): Promise<ProfileRow | undefined> {
  const [row] = await sql.query<ProfileRow>(
    `select u.id as user_id, u.email, u.name as user_name, u.email_verified_at, u.last_login_at, u.created_at as user_created_at,
            o.id as organization_id, o.name as organization_name, o.slug, m.role, m.permissions, m.joined_at
       from app."user" u
       join app.organization_user m on m.user_id = u.id and m.org_id = :orgId
       join app.organization o on o.id = m.org_id
      where u.id = :userId and u.is_active`,
    { userId },
  );
  return row;
}
