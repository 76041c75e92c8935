import { MEMBER_ROLES, writeAudit, type MemberRole, type Tx } from '#database';
import { revokeInvitationsOf } from '../persistence/invitations.js';

/**
 * Takes back the pending invitations by which a member offers more than they may from now on: those to a role stronger than
 * `role`, all of them where it is null because the member goes. The rows of the member are locked.
 */
export async function revokeOffers(tx: Tx, userId: string, role: MemberRole | null): Promise<void> {
  const beyond = role === null ? MEMBER_ROLES : MEMBER_ROLES.slice(0, MEMBER_ROLES.indexOf(role));
  if (beyond.length === 0) return;
  for (const { id, email, role: offered } of await revokeInvitationsOf(tx, userId, beyond)) {
    const changes = { email, role: offered, createdBy: userId };
    await writeAudit(tx, { action: 'invitation.revoked', subjectType: 'organization_invitation', subjectId: id, changes });
  }
}
