import { Injectable } from '@nestjs/common';
import type { PermissionKey, Principal } from '#database';
import { SessionEndedError } from '../errors.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { AccessStates } from './access-states.js';
import { OrganizationSuspendedError } from './errors.js';

/** A caller who is who they say, and what of the organization they may reach. */
export interface Caller {
  readonly principal: Principal;
  readonly isOrganizationActive: boolean;
}

/** Tells who presents a credential. Every service that is called by others asks here. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly states: AccessStates,
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
    const subject = await this.tokens.verify(credential);
    const { userId, orgId } = subject;
    const state = await this.states.of(userId, orgId, sessionOf(subject));
    if (state === undefined || !state.isUserActive || !state.isSessionOpen) throw new SessionEndedError();
    const { role, permissions, isOrganizationActive } = state;
    return { principal: principalOfUser(userId, orgId, role, permissions), isOrganizationActive };
  }
}

function principalOfUser(userId: string, orgId: string, role: string, scopes: readonly PermissionKey[]): Principal {
  return { userId, orgId, actorType: 'USER', actorId: userId, role, scopes };
}

function sessionOf(subject: object): string | null {
  return 'sessionId' in subject && typeof subject.sessionId === 'string' ? subject.sessionId : null;
}
