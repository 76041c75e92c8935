import type { MemberRole, Organization, Sql } from '#database';

/** Memberships of one person. Everything here needs a transaction as app_auth for that person, who sees no others. */

export interface MembershipRow {
  readonly org_id: string;
  readonly role: MemberRole;
}

/** The organization a person signs in to: the one last chosen if it is still open to them, otherwise the one joined first. */
export async function findMembership(sql: Sql, userId: string): Promise<MembershipRow | undefined> {
  const [row] = await sql.query<MembershipRow>(
    `select m.org_id, m.role
       from app.organization_user m
       join app."user" u on u.id = m.user_id
       join app.organization o on o.id = m.org_id
      where m.user_id = :userId and o.status = 'ACTIVE'
      order by (m.org_id = u.current_org_id) desc nulls last, m.joined_at, m.org_id
      limit 1`,
    { userId },
  );
  return row;
}

/** What an active person is in an active organization at this moment; nothing where either is not, or the membership has ended. */
export async function findActiveRole(sql: Sql, userId: string, orgId: string): Promise<MemberRole | undefined> {
  const [row] = await sql.query<{ role: MemberRole }>(
    `select m.role
       from app.organization_user m
       join app."user" u on u.id = m.user_id
       join app.organization o on o.id = m.org_id
      where m.user_id = :userId and m.org_id = :orgId and u.is_active and o.status = 'ACTIVE'`,
    { userId, orgId },
  );
  return row?.role;
}

/** A person's membership, as the person sees it. */
export interface OwnMembershipRow extends MembershipRow {
  readonly name: string;
  readonly slug: string;
  readonly status: Organization['status'];
  readonly joined_at: Date;
}

/** All organizations a person belongs to, also those that are suspended, the one joined first leading. */
export async function listMemberships(sql: Sql, userId: string): Promise<OwnMembershipRow[]> {
  return await sql.query<OwnMembershipRow>(
    `select m.org_id, m.role, m.joined_at, o.name, o.slug, o.status
       from app.organization_user m
       join app.organization o on o.id = m.org_id
      where m.user_id = :userId
      order by m.joined_at, m.org_id`,
    { userId },
  );
}

/** Notes in which organization the person wants to be when they sign in the next time. */
export async function rememberOrganization(sql: Sql, userId: string, orgId: string): Promise<void> {
  await sql.execute('update app."user" set current_org_id = :orgId where id = :userId', { userId, orgId });
}
