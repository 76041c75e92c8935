import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { AuthConfig, newId } from '#database';
import type { NewRefreshToken } from '../persistence/sessions.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { makeRefreshToken } from '../tokens/refresh-tokens.js';
import type { Device, SessionSubject, SignedIn } from './signed-in.js';

const LONGEST_USER_AGENT = 1024;

/** A refresh token that was made and is not stored yet. */
export interface MintedToken {
  readonly token: string;
  readonly row: NewRefreshToken;
}

/** Makes the two tokens of a session. */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly config: AuthConfig,
    private readonly tokens: AccessTokens,
  ) {}

  /** Makes the next refresh token of a session, with the row that remembers it. Stores nothing. */
  mint({ userId, orgId }: Omit<SessionSubject, 'role'>, sessionId: string, device: Device): MintedToken {
    const { token, proof } = makeRefreshToken(newId());
    const row = {
      id: proof.id,
      tokenHash: proof.hash,
      userId,
      orgId,
      familyId: sessionId,
      ttlSeconds: this.config.refreshTokenTtlSeconds,
      // An IPv6 address may carry the name of a network card, which is of no use to anybody else.
      ip: device.ip !== null && isIP(device.ip) !== 0 ? (device.ip.split('%')[0] ?? null) : null,
      userAgent: device.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
    };
    return { token, row };
  }

  /** What the holder gets, once the minted token is stored: the refresh token with an access token to go with it. */
  async hand({ userId, orgId, role }: SessionSubject, { token: refreshToken, row }: MintedToken): Promise<SignedIn> {
    const sessionId = row.familyId;
    const access = await this.tokens.issue({ userId, orgId, role, sessionId });
    return { userId, orgId, role, sessionId, ...access, refreshToken, refreshExpiresIn: row.ttlSeconds };
  }
}
