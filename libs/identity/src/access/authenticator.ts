import { Injectable } from '@nestjs/common';
import type { PermissionKey, Principal } from '#database';
import { SessionEndedError } from '../errors.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { API_KEY_PREFIX } from '../api-keys/api-key-text.js';
import { ApiKeyVerifier } from '../api-keys/api-key-verifier.js';
import { AccessStates } from './access-states.js';
import type { Caller } from './caller.js';
import { OrganizationSuspendedError } from './errors.js';

/** Tells who presents a credential. Every service that is called by others asks here. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly states: AccessStates,
    private readonly apiKeys: ApiKeyVerifier,
  ) {}

  /**
   * Who presents this access token or API key, with what they may do as `scopes`.
   * @throws TokenInvalidError, TokenExpiredError, SessionEndedError, ApiKeyInvalidError; OrganizationSuspendedError
   */
  async principalOf(credential: string): Promise<Principal> {
    const { principal, isOrganizationActive } = await this.identify(credential);
    if (!isOrganizationActive) throw new OrganizationSuspendedError();
    return principal;
  }

  /** As {@link principalOf}, also for a suspended organization. @throws TokenInvalidError, TokenExpiredError, SessionEndedError, ApiKeyInvalidError */
  async identify(credential: string): Promise<Caller> {
    if (credential.startsWith(API_KEY_PREFIX)) return this.apiKeys.verify(credential);
    const { userId, orgId, sessionId } = await this.tokens.verify(credential);
    const state = await this.states.of(userId, orgId, sessionId);
    if (state === undefined || !state.isUserActive || !state.isSessionOpen) throw new SessionEndedError();
    const { role, permissions, isOrganizationActive } = state;
    return { principal: principalOfUser(userId, orgId, role, permissions), isOrganizationActive };
  }
}

function principalOfUser(userId: string, orgId: string, role: string, scopes: readonly PermissionKey[]): Principal {
  return { userId, orgId, actorType: 'USER', actorId: userId, role, scopes };
}
