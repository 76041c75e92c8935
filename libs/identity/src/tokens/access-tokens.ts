import type { webcrypto } from 'node:crypto';
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { Injectable } from '@nestjs/common';
import { AuthConfig, isUuid, MEMBER_ROLES, newId, type MemberRole } from '#database';
import { TokenExpiredError, TokenInvalidError } from '../errors.js';

/** Who is meant to accept these tokens. */
export const AUDIENCE = 'plinth-api';
const ALGORITHM = 'HS256';
const TYPE = 'at+jwt';
/** Clocks of two machines may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** What a token says: who, in which organization, as what, by which session. */
export interface TokenSubject {
  readonly userId: string;
  readonly orgId: string;
  readonly role: MemberRole;
  /** The session that it belongs to: the family of its refresh tokens. */
  readonly sessionId: string;
}

export interface AccessToken {
  readonly token: string;
  /** Seconds from now. */
  readonly expiresIn: number;
}

/** Signs and verifies access tokens with the key ring of `JWT_KEYS`: the first key signs, every key of the ring verifies. */
@Injectable()
export class AccessTokens {
  readonly #imported = new Map<string, Promise<webcrypto.CryptoKey>>();

  constructor(private readonly config: AuthConfig) {}

  /** A signed token for the subject, valid for ACCESS_TOKEN_TTL_SECONDS. */
  async issue(subject: TokenSubject): Promise<AccessToken> {
    const { kid } = this.config.jwtKeys.current;
    const expiresIn = this.config.accessTokenTtlSeconds;
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({ org: subject.orgId, role: subject.role, sid: subject.sessionId })
      .setProtectedHeader({ alg: ALGORITHM, kid, typ: TYPE })
      .setIssuer(this.config.jwtIssuer)
      .setAudience(AUDIENCE)
      .setSubject(subject.userId)
      .setJti(newId())
      .setIssuedAt(now)
      .setExpirationTime(now + expiresIn)
      .sign(await this.#keyOf(kid));
    return { token, expiresIn };
  }

  /** What a token says. @throws TokenExpiredError, or TokenInvalidError for everything else that is wrong with it. */
  async verify(token: string): Promise<TokenSubject> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#keyOf(kid), {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: this.config.jwtIssuer,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'org', 'role', 'sid', 'exp', 'iat'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      return subjectOf(payload);
    } catch (error) {
      if (error instanceof TokenInvalidError) throw error;
      if (error instanceof errors.JWTExpired) throw new TokenExpiredError(error);
      throw new TokenInvalidError(error);
    }
  }

  /** Imported once for each key: doing it anew for each token would cost more than the signature. */
  async #keyOf(kid: string | undefined): Promise<webcrypto.CryptoKey> {
    const key = kid === undefined ? undefined : this.config.jwtKeys.find(kid);
    if (key === undefined) throw new TokenInvalidError();
    const imported =
      this.#imported.get(key.kid) ?? crypto.subtle.importKey('raw', Buffer.from(key.bytes), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
    this.#imported.set(key.kid, imported);
    return await imported;
  }
}

function subjectOf(payload: JWTPayload): TokenSubject {
  const role = MEMBER_ROLES.find((known) => known === payload['role']);
  const { sub, org, sid } = payload;
  if (!isUuid(sub) || !isUuid(org) || !isUuid(sid) || role === undefined) throw new TokenInvalidError();
  return { userId: sub, orgId: org, role, sessionId: sid };
}
