import { Injectable } from '@nestjs/common';
import { Database, InvitationConfig, isUuid, TenantConnection, writeAudit, type MemberRole, type Tx } from '#database';
import { TokenDelivery } from '../delivery/token-delivery.js';
import { normaliseEmail } from '../email-address.js';
import { assertMayGrantRole, assertMayManage, type Granter } from '../members/granting.js';
import { granterHeld, granterNow } from '../members/granter-now.js';
import {
  findInvitation,
  findOwnName,
  lockPendingInvitation,
  pageOfInvitations,
  putInvitation,
  revokeInvitation,
  type InvitationState,
  type InvitationValues,
} from '../persistence/invitations.js';
import { isMembersAddress } from '../persistence/members.js';
import type { PageOf, PageRequest } from '../persistence/page-request.js';
import { acceptInvitation, inspectInvitation, type Accepter, type InvitationFacts } from './accept-invitation.js';
import { AlreadyMemberError, InvitationNotFoundError } from './errors.js';
import { hashOfSecret, newSecret, writeInvitationToken } from './invitation-token.js';
import { toInvitationView, type InvitationView } from './views.js';

const SUBJECT = 'organization_invitation';

export interface NewInvitation {
  readonly email: string;
  readonly role: MemberRole;
}

/** Asks people to join the current organization, and lets them in who accept. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly db: TenantConnection,
    private readonly database: Database,
    private readonly delivery: TokenDelivery,
    private readonly config: InvitationConfig,
  ) {}

  /**
   * Invites an address and has the token delivered to it, and to nobody else. Inviting it again renews the pending invitation:
   * the token sent before is worth nothing from then on. One that somebody else made is revoked and made anew.
   * @throws PermissionDeniedError, RoleNotGrantableError, AlreadyMemberError, MailNotConfiguredError
   */
  async invite(input: NewInvitation): Promise<InvitationView> {
    this.delivery.assertReady();
    const email = normaliseEmail(input.email);
    const secret = newSecret();
    const { view, organizationName } = await this.db.transaction((tx) => this.#put(tx, { email, role: input.role }, secret));
    const token = writeInvitationToken({ orgId: this.db.orgId, invitationId: view.id, secret });
    await this.delivery.send({ to: email, purpose: 'INVITATION', token, ...(organizationName === undefined ? {} : { organizationName }) });
    return view;
  }

  /** One page of the invitations, newest first. */
  async list(page: PageRequest = {}, state?: InvitationState): Promise<PageOf<InvitationView>> {
    const { items, nextCursor } = await pageOfInvitations(this.db, page, state);
    return { items: items.map((row) => toInvitationView(row)), nextCursor };
  }

  /** Takes back an invitation that nobody has accepted. @throws InvitationNotFoundError, PermissionDeniedError, RoleNotGrantableError */
  async revoke(id: string): Promise<void> {
    if (!isUuid(id)) throw new InvitationNotFoundError(id);
    await this.db.transaction(async (tx) => {
      const granter = await granterNow(tx, 'member:invite');
      const row = await revokeInvitation(tx, id);
      if (row === undefined) throw new InvitationNotFoundError(id);
      assertMayManage(granter, row.role);
      await writeAudit(tx, { action: 'invitation.revoked', subjectType: SUBJECT, subjectId: id, changes: { email: row.email, role: row.role } });
    });
  }

  /** What a token offers at this moment, or undefined for one that is good for nothing. Asks of no current organization. */
  async inspect(token: string): Promise<InvitationFacts | undefined> {
    return inspectInvitation(this.database, token);
  }

  /**
   * Makes the accepter a member of the organization that the token names, whichever is the current one.
   * @throws InvitationTokenInvalidError, InvitationForSomebodyElseError, AlreadyMemberError
   */
  async accept(token: string, accepter: Accepter): Promise<InvitationFacts> {
    return acceptInvitation(this.database, token, accepter);
  }

  async #put(tx: Tx, { email, role }: NewInvitation, secret: string): Promise<{ view: InvitationView; organizationName: string | undefined }> {
    const granter = await granterHeld(tx, 'member:invite');
    assertMayGrantRole(granter, role);
    if (await isMembersAddress(tx, email)) throw new AlreadyMemberError();
    const { ttlSeconds } = this.config;
    const { id, action } = await this.#replace(tx, granter, { email, role, tokenHash: hashOfSecret(secret), ttlSeconds, createdBy: granter.userId });
    const row = await findInvitation(tx, id);
    if (row === null) throw new InvitationNotFoundError(id);
    await writeAudit(tx, { action, subjectType: SUBJECT, subjectId: id, changes: { email, role, expiresAt: row.expiresAt.toISOString() } });
    return { view: toInvitationView(row), organizationName: (await findOwnName(tx))?.name };
  }

  /** Goes round again where somebody else has invited the address meanwhile: that one is in the way then, and locked. */
  async #replace(tx: Tx, granter: Granter, values: InvitationValues): Promise<{ id: string; action: string }> {
    for (;;) {
      const action = await this.#makeRoom(tx, granter, values.email);
      const id = await putInvitation(tx, values);
      if (id !== undefined) return { id, action };
    }
  }

  /** The granter's own pending invitation is renewed; one of somebody else is replaced, since it would be revoked with its maker and not with the granter. */
  async #makeRoom(tx: Tx, granter: Granter, email: string): Promise<string> {
    const pending = await lockPendingInvitation(tx, email);
    if (pending === undefined) return 'invitation.created';
    assertMayManage(granter, pending.role);
    if (pending.created_by === granter.userId) return 'invitation.renewed';
    await revokeInvitation(tx, pending.id);
    await writeAudit(tx, { action: 'invitation.revoked', subjectType: SUBJECT, subjectId: pending.id, changes: { email, role: pending.role } });
    return 'invitation.created';
  }
}
