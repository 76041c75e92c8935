import type { MemberRole, OrganizationInvitation } from '#database';
import type { InvitationState } from '../persistence/invitations.js';

/** An invitation as clients see it: never with its token. */
export interface InvitationView {
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  /** EXPIRED: nobody accepted it in time. */
  readonly status: InvitationState;
  readonly expiresAt: Date;
  /** Who asked; null where an API key did, or once that person is gone. */
  readonly createdBy: string | null;
  readonly acceptedBy: string | null;
  readonly acceptedAt: Date | null;
  readonly createdAt: Date;
}

/** What a client sees of an invitation's row. */
export function toInvitationView(row: OrganizationInvitation, now = new Date()): InvitationView {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    status: row.status === 'PENDING' && row.expiresAt <= now ? 'EXPIRED' : row.status,
    expiresAt: row.expiresAt,
    createdBy: row.createdBy,
    acceptedBy: row.acceptedBy,
    acceptedAt: row.acceptedAt,
    createdAt: row.createdAt,
  };
}
