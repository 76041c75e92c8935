import type { MemberRole } from '#database';
import type { MemberRow } from '../persistence/members.js';

/** A member as clients see one. */
export interface MemberView {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: MemberRole;
  /** Permissions beyond those of the role. */
  readonly permissions: readonly string[];
  /** False for somebody who cannot sign in. */
  readonly isActive: boolean;
  readonly joinedAt: Date;
}

/** What a client sees of a membership and the person it is of. */
export function toMemberView({ membership, user }: MemberRow): MemberView {
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    role: membership.role,
    permissions: membership.permissions,
    isActive: user.isActive,
    joinedAt: membership.joinedAt,
  };
}
