import { Injectable } from '@nestjs/common';
import { AuthConnection, type MemberRole, type PermissionKey } from '#database';
import { findAccess } from '../persistence/access.js';
import { effectivePermissions } from './permissions.js';
import { ShortCache } from './short-cache.js';

/** How long an access state is believed. What changes it takes effect everywhere within this and the time of one statement. */
export const ACCESS_CACHE_SECONDS = 3;
/** Some 300 bytes each. */
const MOST_STATES = 20_000;

/** What a session may do at this moment. */
export interface AccessState {
  readonly role: MemberRole;
  /** What the role allows and what was given to the member beside it. */
  readonly permissions: readonly PermissionKey[];
  readonly isUserActive: boolean;
  /** False also while the organization is being erased. */
  readonly isOrganizationActive: boolean;
  /** False once the session was ended, by its owner or by a token of it that came back, or has expired. */
  readonly isSessionOpen: boolean;
}

/** Says what sessions may do: read from the database and not from the token, which would go on saying what no longer holds. */
@Injectable()
export class AccessStates {
  readonly #states = new ShortCache<AccessState | undefined>(MOST_STATES, ACCESS_CACHE_SECONDS * 1000);

  constructor(private readonly auth: AuthConnection) {}

  /**
   * The state of a session, at most {@link ACCESS_CACHE_SECONDS} old; nothing where the user is no member of the organization.
   * @param sessionId the family of the session's refresh tokens
   */
  of(userId: string, orgId: string, sessionId: string): Promise<AccessState | undefined> {
    return this.#states.of(`${userId} ${orgId} ${sessionId}`, () => this.#read(userId, orgId, sessionId));
  }

  async #read(userId: string, orgId: string, sessionId: string): Promise<AccessState | undefined> {
    const row = await this.auth.run((sql) => findAccess(sql, userId, orgId, sessionId), userId);
    if (row === undefined) return undefined;
    return {
      role: row.role,
      permissions: effectivePermissions(row.role, row.permissions),
      isUserActive: row.is_active,
      isOrganizationActive: row.status === 'ACTIVE',
      isSessionOpen: row.session_open,
    };
  }
}
