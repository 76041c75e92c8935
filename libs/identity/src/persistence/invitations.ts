import {
  newId,
  OrganizationInvitation,
  type Db,
  type MemberRole,
  type OrganizationInvitationStatus,
  type OrganizationStatus,
  type Tx,
  type Where,
} from '#database';
import type { PageRequest } from './page-request.js';

export interface InvitationValues {
  readonly email: string;
  readonly role: MemberRole;
  readonly tokenHash: string;
  readonly ttlSeconds: number;
  readonly createdBy: string | null;
}

/** A pending invitation whose row is locked. */
export interface PendingInvitation {
  readonly id: string;
  readonly role: MemberRole;
  readonly created_by: string | null;
}

/** The pending invitation of an address, locked until `tx` ends. */
export async function lockPendingInvitation(tx: Tx, email: string): Promise<PendingInvitation | undefined> {
  const [row] = await tx.query<PendingInvitation>(
    `select id, role, created_by from app.organization_invitation where org_id = :orgId and email = :email and status = 'PENDING' for update`,
    { email },
  );
  return row;
}

/**
 * Inserts an invitation, or gives the pending one of the address a new token, role and time. @returns its id; undefined where
 * somebody else has made one meanwhile, which is locked then
 */
export async function putInvitation(tx: Tx, values: InvitationValues): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `insert into app.organization_invitation as i (org_id, id, email, role, token_hash, expires_at, created_by)
     values (:orgId, :id, :email, :role, :tokenHash, now() + make_interval(secs => :ttlSeconds::int), :createdBy)
     on conflict (org_id, email) where status = 'PENDING'
     do update set role = excluded.role, token_hash = excluded.token_hash, expires_at = excluded.expires_at
           where i.created_by is not distinct from excluded.created_by
     returning i.id`,
    { id: newId(), ...values },
  );
  return row?.id;
}

/** What the list can be narrowed to: EXPIRED is pending, and too late. */
export type InvitationState = OrganizationInvitationStatus | 'EXPIRED';

/** One page of the invitations, newest first. */
export async function pageOfInvitations(db: Db, page: PageRequest, state: InvitationState | undefined) {
  const where = whereOf(state, new Date());
  return db.repository(OrganizationInvitation).paginate({ where, order: { id: 'desc' }, limit: page.limit ?? 50, cursor: page.cursor });
}

function whereOf(state: InvitationState | undefined, now: Date): Where<OrganizationInvitation> {
  if (state === undefined) return {};
  if (state === 'EXPIRED') return { status: 'PENDING', expiresAt: { lte: now } };
  return state === 'PENDING' ? { status: state, expiresAt: { gt: now } } : { status: state };
}

/** The invitation of this id, or null. */
export async function findInvitation(db: Db, id: string): Promise<OrganizationInvitation | null> {
  return db.repository(OrganizationInvitation).findById(id);
}

/** Takes back a pending invitation. Answers what it was, or undefined where none is pending. */
export async function revokeInvitation(tx: Tx, id: string): Promise<OrganizationInvitation | undefined> {
  const [row] = await tx.repository(OrganizationInvitation).updateReturning({ id, status: 'PENDING' }, { status: 'REVOKED' });
  return row;
}

/** Takes back what a member has offered and nobody has accepted, where it grants one of these roles. Answers what it was, oldest first. */
export async function revokeInvitationsOf(
  tx: Tx,
  createdBy: string,
  roles: readonly MemberRole[],
): Promise<Pick<OrganizationInvitation, 'id' | 'email' | 'role'>[]> {
  const rows = await tx.repository(OrganizationInvitation).updateReturning({ createdBy, status: 'PENDING', role: [...roles] }, { status: 'REVOKED' });
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What a token is checked against. */
export interface PresentedInvitation {
  readonly email: string;
  readonly role: MemberRole;
  readonly token_hash: string;
  /** Pending, and in time. */
  readonly is_open: boolean;
}

const OF_THE_ORGANIZATION = 'from app.organization_invitation i where i.org_id = :orgId and i.id = :id';
const FACTS = `i.email, i.role, i.token_hash, i.status = 'PENDING' and i.expires_at > now() as is_open`;

/** The invitation that a token names, in the organization that it names. */
export async function findPresented(db: Db, id: string): Promise<PresentedInvitation | undefined> {
  const [row] = await db.query<PresentedInvitation>(`select ${FACTS} ${OF_THE_ORGANIZATION}`, { id });
  return row;
}

/** The same, locked until `tx` ends: of two who present it at once the later one sees what the earlier one did. */
export async function lockPresented(tx: Tx, id: string): Promise<PresentedInvitation | undefined> {
  const [row] = await tx.query<PresentedInvitation>(`select ${FACTS} ${OF_THE_ORGANIZATION} for update`, { id });
  return row;
}

/** What the current organization is called and whether it can be signed in to. */
export async function findOwnName(db: Db): Promise<{ name: string; status: OrganizationStatus } | undefined> {
  const [row] = await db.query<{ name: string; status: OrganizationStatus }>('select name, status from app.organization where id = :orgId');
  return row;
}

/** Writes who joined by the invitation. */
export async function markAccepted(tx: Tx, id: string, userId: string): Promise<void> {
  await tx.execute(
    `update app.organization_invitation set status = 'ACCEPTED', accepted_by = :userId, accepted_at = now() where org_id = :orgId and id = :id`,
    { id, userId },
  );
}
