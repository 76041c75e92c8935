import { Injectable } from '@nestjs/common';
import { AuthConnection, InvalidCursorError, isUuid, newId, TenantConnection, writeAudit, type Sql } from '#database';
import { listMemberships, type OwnMembershipRow } from '../persistence/memberships.js';
import { insertRefreshToken, listSessions, lockSessions, revokeSession, revokeSessions, type SessionRow } from '../persistence/sessions.js';
import { SessionNotFoundError } from './errors.js';
import { timeOfId } from './id-time.js';
import { SessionTokens } from './session-tokens.js';
import type { Device, SessionSubject, SignedIn } from './signed-in.js';

/** A session as its owner sees it. */
export interface OwnSession extends SessionRow {
  /** When the person signed in. */
  readonly created_at: Date;
}

export interface SessionPage {
  readonly items: readonly OwnSession[];
  readonly nextCursor: string | null;
}

const USUAL_PAGE = 50;

/** Sessions: what a person has from signing in until signing out, on one device. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly auth: AuthConnection,
    private readonly tokens: SessionTokens,
    private readonly db: TenantConnection,
  ) {}

  /**
   * Opens a session for somebody who has proved who they are. The caller has read the role in this very moment.
   * @param sql the transaction in which the proof still holds, where it can be taken back
   */
  async open({ userId, orgId, role }: SessionSubject, device: Device, sql: Sql = this.auth): Promise<SignedIn> {
    const minted = this.tokens.mint({ userId, orgId }, newId(), device);
    await insertRefreshToken(sql, minted.row);
    return await this.tokens.hand({ userId, orgId, role }, minted);
  }

  /** The person's living sessions, the newest sign-in first. @throws InvalidCursorError */
  async list(userId: string, { limit = USUAL_PAGE, cursor }: { readonly limit?: number; readonly cursor?: string }): Promise<SessionPage> {
    if (cursor !== undefined && !isUuid(cursor)) throw new InvalidCursorError();
    const rows = await listSessions(this.auth, userId, cursor ?? null, limit + 1);
    const items = rows.slice(0, limit).map((row) => ({ ...row, created_at: timeOfId(row.id) }));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Ends one session of the caller's, and says so in the audit log. @throws SessionNotFoundError for one that has ended, and for somebody else's */
  async revoke(userId: string, sessionId: string): Promise<void> {
    if (!(await this.end(userId, sessionId))) throw new SessionNotFoundError(sessionId);
    await this.#audit(userId, { sessionId });
  }

  /** Ends all sessions of the caller's but for one, and says so in the audit log. */
  async revokeOthers(userId: string, sessionId: string): Promise<void> {
    await this.auth.run((sql) => revokeSessions(sql, userId, sessionId), userId);
    await this.#audit(userId, { allBut: sessionId });
  }

  /** Ends one session of the person's, and returns whether it was alive. */
  async end(userId: string, sessionId: string): Promise<boolean> {
    return await this.auth.run(async (sql) => {
      await lockSessions(sql, userId);
      return await revokeSession(sql, userId, sessionId);
    }, userId);
  }

  /** The organizations the person belongs to, also those that are suspended. */
  async organizations(userId: string): Promise<OwnMembershipRow[]> {
    return await this.auth.run((sql) => listMemberships(sql, userId), userId);
  }

  /** Sessions are out of reach of the tenant's connection, so that the entry cannot be of the same transaction. */
  async #audit(userId: string, changes: Readonly<Record<string, string>>): Promise<void> {
    await writeAudit(this.db, { action: 'session.revoked', subjectType: 'user', subjectId: userId, changes });
  }
}
