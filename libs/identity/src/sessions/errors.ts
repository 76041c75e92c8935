import { PlinthError } from '#database';

/**
 * The refresh token renews nothing. One answer for a token that is unknown, expired or revoked, and for a person, membership or
 * organization that is no longer active.
 */
export class RefreshTokenInvalidError extends PlinthError {
  readonly code = 'REFRESH_TOKEN_INVALID';
  readonly family = 'caller';
  override readonly httpStatus = 401;
  constructor() {
    super('The refresh token is not valid. Sign in again.');
  }
}

/** A refresh token came back long after it was exchanged: somebody has a copy of it. The session has ended for all who hold a part of it. */
export class RefreshTokenReusedError extends PlinthError {
  readonly code = 'REFRESH_TOKEN_REUSED';
  readonly family = 'caller';
  override readonly httpStatus = 401;
  constructor() {
    super('The refresh token was used before, so that somebody may have a copy of it. The session has ended: sign in again.');
  }
}

/** No session of the caller's has the id. */
export class SessionNotFoundError extends PlinthError {
  readonly code = 'SESSION_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(sessionId: string) {
    super(`You have no session "${sessionId}". GET /v1/sessions lists those you have.`, { fields: { sessionId } });
  }
}

/** There is no such active organization, or the caller is no member of it: one answer for both. */
export class OrganizationNotJoinedError extends PlinthError {
  readonly code = 'ORGANIZATION_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(orgId: string) {
    super(`There is no active organization "${orgId}" that you belong to. GET /v1/me/organizations lists yours.`, { fields: { organizationId: orgId } });
  }
}
