import { currentContext, writeAudit, type Database, type Db, type MemberRole, type Tx } from '#database';
import { normaliseEmail } from '../email-address.js';
import { findOwnName, findPresented, lockPresented, markAccepted, type PresentedInvitation } from '../persistence/invitations.js';
import { insertMember } from '../persistence/members.js';
import { AlreadyMemberError, InvitationForSomebodyElseError, InvitationTokenInvalidError } from './errors.js';
import { isSecretOf, readInvitationToken, type InvitationToken } from './invitation-token.js';

/** What an invitation offers. */
export interface InvitationFacts {
  readonly organizationId: string;
  /** Whom it was sent to, in lower case. */
  readonly email: string;
  readonly role: MemberRole;
}

/** Who accepts: a person, with the address that is proven to be theirs. */
export interface Accepter {
  readonly userId: string;
  readonly email: string;
}

/** What a token offers at this moment, or undefined for one that is good for nothing. */
export async function inspectInvitation(database: Database, text: string): Promise<InvitationFacts | undefined> {
  const token = readInvitationToken(text);
  if (token === undefined) return undefined;
  const db = database.tenant(token.orgId, { requestId: requestId() });
  const invitation = await proven(db, token, await findPresented(db, token.invitationId));
  return invitation === undefined ? undefined : factsOf(token, invitation);
}

/**
 * Makes the accepter a member of the organization that the token names. Of two who present it at once one succeeds.
 * @throws InvitationTokenInvalidError, InvitationForSomebodyElseError, AlreadyMemberError
 */
export async function acceptInvitation(database: Database, text: string, accepter: Accepter): Promise<InvitationFacts> {
  const token = readInvitationToken(text);
  if (token === undefined) throw new InvitationTokenInvalidError();
  const db = database.tenant(token.orgId, { actorType: 'USER', actorId: accepter.userId, requestId: requestId() });
  return db.transaction((tx) => accept(tx, token, accepter));
}

async function accept(tx: Tx, token: InvitationToken, { userId, email }: Accepter): Promise<InvitationFacts> {
  const invitation = await proven(tx, token, await lockPresented(tx, token.invitationId));
  if (invitation === undefined) throw new InvitationTokenInvalidError();
  if (invitation.email !== normaliseEmail(email)) throw new InvitationForSomebodyElseError();
  if (!(await insertMember(tx, userId, invitation.role))) throw new AlreadyMemberError();
  await markAccepted(tx, token.invitationId, userId);
  await writeAudit(tx, {
    action: 'member.joined',
    subjectType: 'organization_user',
    subjectId: userId,
    changes: { role: invitation.role, invitationId: token.invitationId },
  });
  return factsOf(token, invitation);
}

/** The invitation where the token proves it and it can still be accepted. The organization is looked up whatever the token is worth. */
async function proven(db: Db, token: InvitationToken, invitation: PresentedInvitation | undefined): Promise<PresentedInvitation | undefined> {
  const isRight = isSecretOf(token.secret, invitation?.token_hash);
  const organization = await findOwnName(db);
  return isRight && invitation?.is_open === true && organization?.status === 'ACTIVE' ? invitation : undefined;
}

function factsOf(token: InvitationToken, { email, role }: PresentedInvitation): InvitationFacts {
  return { organizationId: token.orgId, email, role };
}

function requestId(): string | null {
  return currentContext()?.requestId ?? null;
}
