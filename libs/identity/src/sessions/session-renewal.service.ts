import { Injectable } from '@nestjs/common';
import { AuthConfig, AuthConnection, createLogger, currentContext, type Sql } from '#database';
import { SessionEndedError } from '../errors.js';
import { findActiveRole, rememberOrganization } from '../persistence/memberships.js';
import {
  findHolder,
  findPresented,
  insertRefreshToken,
  lockSessions,
  markAllReplaced,
  markReplaced,
  revokeSession,
  type PresentedRow,
} from '../persistence/sessions.js';
import { readRefreshToken } from '../tokens/refresh-tokens.js';
import { OrganizationNotJoinedError, RefreshTokenInvalidError, RefreshTokenReusedError } from './errors.js';
import { SessionTokens, type MintedToken } from './session-tokens.js';
import type { Device, SessionSubject, SignedIn } from './signed-in.js';

interface Renewed {
  readonly subject: SessionSubject;
  readonly minted: MintedToken;
}

/** Whose session it is, and which. */
export interface SessionHolder {
  readonly userId: string;
  readonly sessionId: string;
}

/** Exchanges the tokens of a session for new ones. Role, membership and the states of person and organization are read anew each time. */
@Injectable()
export class SessionRenewal {
  readonly #logger = createLogger('sessions');

  constructor(
    private readonly auth: AuthConnection,
    private readonly config: AuthConfig,
    private readonly tokens: SessionTokens,
  ) {}

  /**
   * Exchanges a refresh token. One that was exchanged within REFRESH_GRACE_SECONDS gets another new token, for two tabs that
   * refresh at once; one that comes back later was copied, and ends the session for everybody who holds a part of it.
   * @throws RefreshTokenInvalidError, RefreshTokenReusedError
   */
  async refresh(refreshToken: string, device: Device): Promise<SignedIn> {
    const proof = readRefreshToken(refreshToken);
    const holder = proof === undefined ? undefined : await findHolder(this.auth, proof);
    if (proof === undefined || holder === undefined) throw new RefreshTokenInvalidError();
    const outcome = await this.auth.run((sql) => this.#exchange(sql, proof.id, holder, device), holder.userId);
    if (outcome === 'reused') {
      this.#logger.warn(
        { ...holder, ip: device.ip, requestId: currentContext()?.requestId },
        'A refresh token came back after it was exchanged; its session is revoked',
      );
      throw new RefreshTokenReusedError();
    }
    if (outcome === 'invalid') throw new RefreshTokenInvalidError();
    return await this.tokens.hand(outcome.subject, outcome.minted);
  }

  /**
   * Takes a session to another organization and exchanges all of its live tokens, so that it is in one organization only.
   * The person signs in to that organization from then on.
   * @throws SessionEndedError when the session was revoked meanwhile; OrganizationNotJoinedError
   */
  async switch({ userId, sessionId }: SessionHolder, orgId: string, device: Device): Promise<SignedIn> {
    const { subject, minted } = await this.auth.run(async (sql) => {
      await lockSessions(sql, userId);
      const role = await findActiveRole(sql, userId, orgId);
      if (role === undefined) throw new OrganizationNotJoinedError(orgId);
      const renewed = await this.#renew(sql, { userId, orgId, role }, sessionId, device);
      if ((await markAllReplaced(sql, sessionId, renewed.minted.row.id)) === 0) throw new SessionEndedError();
      await rememberOrganization(sql, userId, orgId);
      return renewed;
    }, userId);
    return await this.tokens.hand(subject, minted);
  }

  /** The refusals are returned and not thrown: revoking has to be committed. */
  async #exchange(sql: Sql, tokenId: string, { userId, sessionId }: SessionHolder, device: Device): Promise<Renewed | 'invalid' | 'reused'> {
    await lockSessions(sql, userId);
    const presented = await findPresented(sql, tokenId, this.config.refreshGraceSeconds);
    if (presented === undefined || presented.ended) return 'invalid';
    if (presented.late) {
      await revokeSession(sql, userId, sessionId);
      return 'reused';
    }
    const subject = await subjectOf(sql, userId, presented);
    if (subject === undefined) return 'invalid';
    const renewed = await this.#renew(sql, subject, sessionId, device);
    if (!presented.replaced) await markReplaced(sql, tokenId, renewed.minted.row.id);
    return renewed;
  }

  async #renew(sql: Sql, subject: SessionSubject, sessionId: string, device: Device): Promise<Renewed> {
    const minted = this.tokens.mint(subject, sessionId, device);
    await insertRefreshToken(sql, minted.row);
    return { subject, minted };
  }
}

async function subjectOf(sql: Sql, userId: string, { org_id: orgId }: PresentedRow): Promise<SessionSubject | undefined> {
  const role = orgId === null ? undefined : await findActiveRole(sql, userId, orgId);
  return orgId === null || role === undefined ? undefined : { userId, orgId, role };
}
