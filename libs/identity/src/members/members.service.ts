import { Injectable } from '@nestjs/common';
import { isUuid, TenantConnection, writeAudit, type MemberRole, type Tx } from '#database';
import { SessionEndedError } from '../errors.js';
import { deleteMember, findMember, isAnyActive, lockOwnersAnd, pageOfMembers, updateMember, type LockedMember } from '../persistence/members.js';
import type { PageOf, PageRequest } from '../persistence/page-request.js';
import { LastOwnerError, MemberNotFoundError } from './errors.js';
import { keyNow } from './granter-now.js';
import { assertHolds, assertMayGrantPermissions, assertMayGrantRole, assertMayManage, currentGranter, withRights, type Granter } from './granting.js';
import { revokeOffers } from './revoke-offers.js';
import { toMemberView, type MemberView } from './views.js';

const SUBJECT = 'organization_user';

/** What to change of a member; what is left out stays. */
export interface MemberChange {
  readonly role?: MemberRole;
  /** All permissions beyond those of the role, from then on. */
  readonly permissions?: readonly string[];
}

/** A member under change, with whoever changes it as the database knows them, and the other OWNERs. All of it is locked. */
interface Locked {
  readonly member: LockedMember;
  readonly granter: Granter;
  readonly otherOwners: readonly string[];
}

/** Who belongs to the current organization, and as what. The one place that changes it. */
@Injectable()
export class MembersService {
  constructor(private readonly db: TenantConnection) {}

  /** One page of the members, those first who have had an account longest. */
  async list(page: PageRequest = {}): Promise<PageOf<MemberView>> {
    const { items, nextCursor } = await pageOfMembers(this.db, page);
    return { items: items.map(toMemberView), nextCursor };
  }

  /** @throws MemberNotFoundError */
  async get(userId: string): Promise<MemberView> {
    const row = isUuid(userId) ? await findMember(this.db, userId) : undefined;
    if (row === undefined) throw new MemberNotFoundError(userId);
    return toMemberView(row);
  }

  /**
   * Changes role and permissions of a member. Pending invitations of theirs to a role stronger than the new one are revoked.
   * @throws MemberNotFoundError, PermissionDeniedError, RoleNotGrantableError, LastOwnerError
   */
  async change(userId: string, change: MemberChange): Promise<MemberView> {
    await this.db.transaction(async (tx) => {
      const locked = await lock(tx, userId);
      assertHolds(locked.granter, 'member:update');
      assertMayManage(locked.granter, locked.member.role);
      await applyChange(tx, locked, change);
    });
    return this.get(userId);
  }

  /** Takes somebody out of the organization; what they made stays, but for their pending invitations. @throws MemberNotFoundError, PermissionDeniedError, RoleNotGrantableError, LastOwnerError */
  async remove(userId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const locked = await lock(tx, userId);
      assertHolds(locked.granter, 'member:remove');
      assertMayManage(locked.granter, locked.member.role);
      await end(tx, locked, 'member.removed');
    });
  }

  /** Takes the caller out of the organization, and their pending invitations back. @throws LastOwnerError, SessionEndedError */
  async leave(): Promise<void> {
    const { userId } = currentGranter();
    if (userId === null) throw new SessionEndedError();
    await this.db.transaction(async (tx) => end(tx, await lock(tx, userId), 'member.left'));
  }
}

async function lock(tx: Tx, userId: string): Promise<Locked> {
  if (!isUuid(userId)) throw new MemberNotFoundError(userId);
  const caller = currentGranter();
  const rows = await lockOwnersAnd(tx, caller.userId === null ? [userId] : [userId, caller.userId]);
  const granter = caller.userId === null ? await keyNow(tx, caller) : asLocked(caller, rows);
  const member = rows.find((row) => row.user_id === userId);
  if (member === undefined) throw new MemberNotFoundError(userId);
  const otherOwners = rows.filter((row) => row.role === 'OWNER' && row.user_id !== userId).map((row) => row.user_id);
  return { member, granter, otherOwners };
}

/** The caller as the locked rows say: what the request began with may have been taken away since. */
function asLocked(caller: Granter, rows: readonly LockedMember[]): Granter {
  const row = rows.find(({ user_id }) => user_id === caller.userId);
  if (row === undefined) throw new SessionEndedError();
  return withRights(caller, row);
}

async function applyChange(tx: Tx, locked: Locked, change: MemberChange): Promise<void> {
  const { member, granter } = locked;
  const role = change.role ?? member.role;
  const permissions = change.permissions === undefined ? member.permissions : [...new Set(change.permissions)].sort();
  const added = permissions.filter((key) => !member.permissions.includes(key));
  const taken = member.permissions.filter((key) => !permissions.includes(key));
  if (role === member.role && added.length === 0 && taken.length === 0) return;
  if (role !== member.role) assertMayGrantRole(granter, role);
  assertMayGrantPermissions(granter, added);
  if (role !== 'OWNER') await assertLeavesAnOwner(tx, locked);
  if (!(await updateMember(tx, member.user_id, role, permissions))) throw new LastOwnerError();
  const changes = {
    ...(role === member.role ? {} : { role: { from: member.role, to: role } }),
    ...(added.length + taken.length === 0 ? {} : { permissions: { added, taken } }),
  };
  await revokeOffers(tx, member.user_id, role);
  await writeAudit(tx, { action: 'member.changed', subjectType: SUBJECT, subjectId: member.user_id, changes });
}

async function end(tx: Tx, locked: Locked, action: 'member.removed' | 'member.left'): Promise<void> {
  const { user_id: userId, role } = locked.member;
  await assertLeavesAnOwner(tx, locked);
  // Before the membership goes: somebody who is accepting holds the invitation, and would look for the membership next.
  await revokeOffers(tx, userId, null);
  if (!(await deleteMember(tx, userId))) throw new LastOwnerError();
  await writeAudit(tx, { action, subjectType: SUBJECT, subjectId: userId, changes: { role } });
}

/** An OWNER who cannot sign in can do nothing for the organization, and does not count. */
async function assertLeavesAnOwner(tx: Tx, { member, otherOwners }: Locked): Promise<void> {
  if (member.role === 'OWNER' && !(await isAnyActive(tx, otherOwners))) throw new LastOwnerError();
}
