import { Injectable } from '@nestjs/common';
import { AuthConnection, UnrestrictedConnection, type Sql } from '#database';
import { normaliseEmail } from '../email-address.js';
import type { PageOf, PageRequest } from '../persistence/page-request.js';
import { revokeSessions } from '../persistence/sessions.js';
import {
  anonymiseUser,
  deleteProofs,
  findUser,
  listMembershipsOf,
  listUsers,
  lockLastOwnerships,
  lockUser,
  updateActive,
  type SystemMembershipRow,
  type SystemUserRow,
} from '../persistence/system-admin.js';
import { LastOwnerOfError, UserUnknownError } from './errors.js';
import { idOf, pageOf } from './id-cursor.js';
import { recorded, refuseOwnAccount, type SystemUse } from './system-use.js';

const USUAL_PAGE = 50;
const NAME_OF_NOBODY = 'Anonymised user';

/** Which users a list shows. */
export interface UserFilter extends PageRequest {
  /** An address, or how it begins. */
  readonly address?: string;
}

/** A user with where they belong. */
export interface SystemUser extends SystemUserRow {
  readonly memberships: readonly SystemMembershipRow[];
}

/** All users, for those who run the platform. Every call is kept with its reason. */
@Injectable()
export class SystemUsersService {
  constructor(
    private readonly unrestricted: UnrestrictedConnection,
    private readonly auth: AuthConnection,
  ) {}

  /** One page of the users, oldest first. @throws InvalidCursorError */
  async list(use: SystemUse, { limit = USUAL_PAGE, cursor, address }: UserFilter): Promise<PageOf<SystemUserRow>> {
    const after = idOf(cursor);
    const begin = address === undefined ? null : normaliseEmail(address);
    return this.unrestricted.run(recorded(use, 'list users'), async (sql) => pageOf(await listUsers(sql, { after, limit: limit + 1, address: begin }), limit));
  }

  /** @throws UserUnknownError */
  async get(use: SystemUse, userId: string): Promise<SystemUser> {
    return this.unrestricted.run(recorded(use, `see user ${userId}`), async (sql) => {
      const user = await findUser(sql, userId);
      if (user === undefined) throw new UserUnknownError(userId);
      return await withMemberships(sql, user);
    });
  }

  /** Keeps a user from signing in and ends their sessions, everywhere within 5 s. What they made stays. @throws UserUnknownError, OwnAccountError */
  async deactivate(use: SystemUse, userId: string): Promise<SystemUser> {
    refuseOwnAccount(use, userId);
    const user = await this.#setActive(use, 'deactivate', userId, false);
    await this.auth.run((sql) => revokeSessions(sql, userId, null), userId);
    return user;
  }

  /** Lets a user sign in again. @throws UserUnknownError */
  async reactivate(use: SystemUse, userId: string): Promise<SystemUser> {
    return this.#setActive(use, 'reactivate', userId, true);
  }

  /**
   * Replaces name and address, and removes password, tokens, sessions and memberships, for good. What they made stays, and says that
   * somebody made it. First what names them goes, then what they sign in with: where the second fails, say it again.
   * @throws UserUnknownError, OwnAccountError; LastOwnerOfError that lists organizations
   */
  async anonymise(use: SystemUse, userId: string): Promise<SystemUser> {
    refuseOwnAccount(use, userId);
    const { before, after } = await this.unrestricted.run(recorded(use, `anonymise user ${userId}`), async (sql) => {
      const user = await locked(sql, userId);
      const organizations = await lockLastOwnerships(sql, userId);
      if (organizations.length > 0) throw new LastOwnerOfError(organizations);
      await anonymiseUser(sql, user, `${userId}@anonymised.invalid`, NAME_OF_NOBODY);
      return { before: user, after: await withMemberships(sql, await locked(sql, userId)) };
    });
    await this.auth.run((sql) => deleteProofs(sql, before), userId);
    return after;
  }

  async #setActive(use: SystemUse, what: string, userId: string, isActive: boolean): Promise<SystemUser> {
    return this.unrestricted.run(recorded(use, `${what} user ${userId}`), async (sql) => {
      const user = await locked(sql, userId);
      await updateActive(sql, userId, isActive);
      return await withMemberships(sql, { ...user, is_active: isActive });
    });
  }
}

async function locked(sql: Sql, userId: string): Promise<SystemUserRow> {
  const user = await lockUser(sql, userId);
  if (user === undefined) throw new UserUnknownError(userId);
  return user;
}

async function withMemberships(sql: Sql, user: SystemUserRow): Promise<SystemUser> {
  return { ...user, memberships: await listMembershipsOf(sql, user.id) };
}
