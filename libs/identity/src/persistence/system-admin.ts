import type { MemberRole, OrganizationStatus, Sql, SystemRole } from '#database';
import { lockSessions } from './sessions.js';

/** An organization as those see it who run the platform. */
export interface SystemOrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly status: OrganizationStatus;
  readonly members: number;
  readonly created_at: Date;
}

const ORGANIZATION = `o.id, o.name, o.slug, o.status, o.created_at,
  (select count(*) from app.organization_user m where m.org_id = o.id)::int as members`;

/** Organizations in the order of their ids, after the one named. */
export async function listOrganizations(
  sql: Sql,
  { after, limit, status }: { readonly after: string | null; readonly limit: number; readonly status: OrganizationStatus | null },
): Promise<SystemOrganizationRow[]> {
  return sql.query<SystemOrganizationRow>(
    `select ${ORGANIZATION} from app.organization o
      where (:after::uuid is null or o.id > :after) and (:status::text is null or o.status = :status)
      order by o.id limit :limit::int`,
    { after, limit, status },
  );
}

/** The organization with this id; its row is locked until the transaction ends. */
export async function lockOrganization(sql: Sql, orgId: string): Promise<SystemOrganizationRow | undefined> {
  const [row] = await sql.query<SystemOrganizationRow>(`select ${ORGANIZATION} from app.organization o where o.id = :orgId for no key update of o`, { orgId });
  return row;
}

/** Sets the status of an organization. */
export async function updateStatus(sql: Sql, orgId: string, status: OrganizationStatus): Promise<void> {
  await sql.execute('update app.organization set status = :status where id = :orgId', { orgId, status });
}

/** A user as those see them who run the platform. */
export interface SystemUserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly is_active: boolean;
  readonly system_role: SystemRole;
  readonly email_verified_at: Date | null;
  readonly last_login_at: Date | null;
  readonly created_at: Date;
}

const USER = 'u.id, u.email, u.name, u.is_active, u.system_role, u.email_verified_at, u.last_login_at, u.created_at';

/** Users whose address begins like this, in the order of their ids, after the one named. */
export async function listUsers(
  sql: Sql,
  { after, limit, address }: { readonly after: string | null; readonly limit: number; readonly address: string | null },
): Promise<SystemUserRow[]> {
  return sql.query<SystemUserRow>(
    `select ${USER} from app."user" u
      where (:after::uuid is null or u.id > :after) and (:address::text is null or starts_with(u.email, :address))
      order by u.id limit :limit::int`,
    { after, limit, address },
  );
}

/** The user with this id. */
export async function findUser(sql: Sql, userId: string): Promise<SystemUserRow | undefined> {
  const [row] = await sql.query<SystemUserRow>(`select ${USER} from app."user" u where u.id = :userId`, { userId });
  return row;
}

/** The user with this id; their row is locked until the transaction ends. */
export async function lockUser(sql: Sql, userId: string): Promise<SystemUserRow | undefined> {
  const [row] = await sql.query<SystemUserRow>(`select ${USER} from app."user" u where u.id = :userId for update`, { userId });
  return row;
}

/** A membership of a user. */
export interface SystemMembershipRow {
  readonly org_id: string;
  readonly name: string;
  readonly role: MemberRole;
}

/** The organizations that a user belongs to. */
export async function listMembershipsOf(sql: Sql, userId: string): Promise<SystemMembershipRow[]> {
  return sql.query<SystemMembershipRow>(
    'select m.org_id, o.name, m.role from app.organization_user m join app.organization o on o.id = m.org_id where m.user_id = :userId order by m.org_id',
    { userId },
  );
}

/** Makes a user able to sign in, or not. */
export async function updateActive(sql: Sql, userId: string, isActive: boolean): Promise<void> {
  await sql.execute('update app."user" set is_active = :isActive where id = :userId', { userId, isActive });
}

/**
 * The organizations of which the user is the last OWNER who is active. All OWNERs of the user's organizations are locked until the
 * transaction ends, in the order in which changes of members lock them too.
 */
export async function lockLastOwnerships(sql: Sql, userId: string): Promise<{ id: string; name: string }[]> {
  await sql.query(
    `select m.user_id from app.organization_user m
      where m.role = 'OWNER' and m.org_id in (select own.org_id from app.organization_user own where own.user_id = :userId and own.role = 'OWNER')
      order by m.org_id, m.user_id for update of m`,
    { userId },
  );
  return sql.query<{ id: string; name: string }>(
    `select o.id, o.name from app.organization_user own join app.organization o on o.id = own.org_id
      where own.user_id = :userId and own.role = 'OWNER' and not exists (
        select from app.organization_user m join app."user" u on u.id = m.user_id
         where m.org_id = own.org_id and m.role = 'OWNER' and m.user_id <> :userId and u.is_active)
      order by o.id`,
    { userId },
  );
}

/** Replaces everything by which a user can be recognised, and ends their memberships with what hangs on them. */
export async function anonymiseUser(sql: Sql, { id, email }: Pick<SystemUserRow, 'id' | 'email'>, address: string, name: string): Promise<void> {
  await sql.execute(
    `update app."user" set email = :address, name = :name, is_active = false, system_role = 'USER', email_verified_at = null, current_org_id = null, last_login_at = null
      where id = :id`,
    { id, address, name },
  );
  await sql.execute('delete from app.organization_user where user_id = :id', { id });
  await sql.execute('update app.organization_invitation set email = :address where email = :email', { email, address });
  await sql.execute('update app.team_invitation set email = :address where email = :email', { email, address });
}

/** Removes what only proves and continues a user's presence: password, tokens, sessions, registrations. Needs app_auth. */
export async function deleteProofs(sql: Sql, { id, email }: Pick<SystemUserRow, 'id' | 'email'>): Promise<void> {
  // As everybody does who changes these, so that nobody waits for another in a circle.
  await lockSessions(sql, id);
  await sql.execute('delete from app.refresh_token where user_id = :id', { id });
  await sql.execute('delete from app.one_time_token where user_id = :id', { id });
  await sql.execute('delete from app.user_credential where user_id = :id', { id });
  await sql.execute('delete from app.registration where email = :email', { email });
}

/** Deletes the user with everything that cascades. */
export async function deleteUser(sql: Sql, userId: string): Promise<void> {
  await sql.execute('delete from app."user" where id = :userId', { userId });
}

/** Makes a member an OWNER of organizations. */
export async function makeOwner(sql: Sql, userId: string, orgIds: readonly string[]): Promise<void> {
  if (orgIds.length === 0) return;
  await sql.execute(`update app.organization_user set role = 'OWNER' where user_id = :userId and org_id = any(:orgIds::uuid[])`, {
    userId,
    orgIds: [...orgIds],
  });
}
