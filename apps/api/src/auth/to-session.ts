import type { SignedIn } from '#identity';
import type { SessionResponse } from './auth.dto.js';

/** A session as the API answers it. */
export function toSession(signedIn: SignedIn): SessionResponse {
  return {
    accessToken: signedIn.token,
    tokenType: 'Bearer',
    expiresIn: signedIn.expiresIn,
    refreshToken: signedIn.refreshToken,
    refreshExpiresIn: signedIn.refreshExpiresIn,
    sessionId: signedIn.sessionId,
    userId: signedIn.userId,
    organizationId: signedIn.orgId,
    role: signedIn.role,
  };
}
