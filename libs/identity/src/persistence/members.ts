import { OrganizationUser, User, type Db, type MemberRole, type Tx } from '#database';
import type { PageRequest } from './page-request.js';

/** A membership with the person it is of. */
export interface MemberRow {
  readonly membership: OrganizationUser;
  readonly user: Pick<User, 'id' | 'email' | 'name' | 'isActive'>;
}

const PERSON = ['id', 'email', 'name', 'isActive'] as const;

/** One page of the members, in the order of their ids: who has had an account longest comes first. */
export async function pageOfMembers(db: Db, page: PageRequest): Promise<{ items: MemberRow[]; nextCursor: string | null }> {
  const { items, nextCursor } = await db.repository(OrganizationUser).paginate({ order: { userId: 'asc' }, limit: page.limit ?? 50, cursor: page.cursor });
  return { items: await withPeople(db, items), nextCursor };
}

/** The member with this id, or undefined: also for somebody of another organization. */
export async function findMember(db: Db, userId: string): Promise<MemberRow | undefined> {
  const membership = await db.repository(OrganizationUser).findOne({ userId });
  if (membership === null) return undefined;
  const [member] = await withPeople(db, [membership]);
  return member;
}

async function withPeople(db: Db, memberships: readonly OrganizationUser[]): Promise<MemberRow[]> {
  if (memberships.length === 0) return [];
  const people = await db.repository(User).find({ where: { id: memberships.map(({ userId }) => userId) }, select: PERSON });
  const byId = new Map(people.map((person) => [person.id, person]));
  return memberships.flatMap((membership) => {
    const user = byId.get(membership.userId);
    return user === undefined ? [] : [{ membership, user }];
  });
}

/** A membership whose row is locked. */
export interface LockedMember {
  readonly user_id: string;
  readonly role: MemberRole;
  readonly permissions: string[];
}

/**
 * Locks every OWNER and the people named until `tx` ends, always in the same order. Whoever changes roles comes through here, so
 * that two changes of OWNERs follow one another and the later one sees what the earlier one left.
 */
export async function lockOwnersAnd(tx: Tx, userIds: readonly string[]): Promise<LockedMember[]> {
  return tx.query<LockedMember>(
    `select user_id, role, permissions from app.organization_user
      where org_id = :orgId and (role = 'OWNER' or user_id = any(:userIds::uuid[]))
      order by user_id for update`,
    { userIds: [...userIds] },
  );
}

/** Role and further permissions that the person has at this moment in the current organization. */
export async function findRights(db: Db, userId: string): Promise<Pick<LockedMember, 'role' | 'permissions'> | undefined> {
  const [row] = await db.query<Pick<LockedMember, 'role' | 'permissions'>>(
    'select role, permissions from app.organization_user where org_id = :orgId and user_id = :userId',
    { userId },
  );
  return row;
}

/** The same, held until `tx` ends: whoever changes or ends the membership waits, and sees what was done by it. */
export async function holdRights(tx: Tx, userId: string): Promise<Pick<LockedMember, 'role' | 'permissions'> | undefined> {
  const [row] = await tx.query<Pick<LockedMember, 'role' | 'permissions'>>(
    'select role, permissions from app.organization_user where org_id = :orgId and user_id = :userId for share',
    { userId },
  );
  return row;
}

/** Whether any of these people can sign in. */
export async function isAnyActive(db: Db, userIds: readonly string[]): Promise<boolean> {
  if (userIds.length === 0) return false;
  return db.repository(User).exists({ id: [...userIds], isActive: true });
}

/** Whether a member has this address. */
export async function isMembersAddress(db: Db, email: string): Promise<boolean> {
  const rows = await db.query(
    `select 1 as found from app.organization_user m join app."user" u on u.id = m.user_id where m.org_id = :orgId and u.email = :email`,
    { email },
  );
  return rows.length > 0;
}

/** Holds whatever the service has looked at: an organization with another OWNER, or somebody who is none or stays one. */
const LEAVES_AN_OWNER = `(role <> 'OWNER' or exists (
  select 1 from app.organization_user o where o.org_id = :orgId and o.role = 'OWNER' and o.user_id <> :userId))`;

/** Sets role and permissions. Answers false where it would take the organization its last OWNER. */
export async function updateMember(tx: Tx, userId: string, role: MemberRole, permissions: readonly string[]): Promise<boolean> {
  const updated = await tx.execute(
    `update app.organization_user set role = :role, permissions = :permissions::jsonb
      where org_id = :orgId and user_id = :userId and (:role::text = 'OWNER' or ${LEAVES_AN_OWNER})`,
    { userId, role, permissions: JSON.stringify(permissions) },
  );
  return updated === 1;
}

/** Ends the membership. Answers false where it would take the organization its last OWNER. */
export async function deleteMember(tx: Tx, userId: string): Promise<boolean> {
  const deleted = await tx.execute(`delete from app.organization_user where org_id = :orgId and user_id = :userId and ${LEAVES_AN_OWNER}`, { userId });
  return deleted === 1;
}

/** Adds the person to the current organization. Answers false where they belong to it already. */
export async function insertMember(tx: Tx, userId: string, role: MemberRole): Promise<boolean> {
  const inserted = await tx.execute(
    'insert into app.organization_user (org_id, user_id, role) values (:orgId, :userId, :role) on conflict (org_id, user_id) do nothing',
    { userId, role },
  );
  return inserted === 1;
}
