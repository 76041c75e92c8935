import { Injectable } from '@nestjs/common';
import { AuthConnection, newId } from '#database';
import { insertRefreshToken } from '../persistence/sessions.js';
import { SessionTokens } from './session-tokens.js';
import type { Device, SessionSubject, SignedIn } from './signed-in.js';

/** Sessions: what a person has from signing in until signing out, on one device. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly auth: AuthConnection,
    private readonly tokens: SessionTokens,
  ) {}

  /** Opens a session for somebody who has proved who they are. The caller has read the role in this very moment. */
  async open({ userId, orgId, role }: SessionSubject, device: Device): Promise<SignedIn> {
    const minted = this.tokens.mint({ userId, orgId }, newId(), device);
    await insertRefreshToken(this.auth, minted.row);
    return await this.tokens.hand({ userId, orgId, role }, minted);
  }
}
