import { PlinthError } from '#database';

/** No invitation is pending under this id in the current organization. */
export class InvitationNotFoundError extends PlinthError {
  readonly code = 'INVITATION_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(id: string) {
    super('There is no pending invitation with this id. List the invitations to see which ones there are.', { fields: { id } });
  }
}

/** One answer for a token that is misspelt, unknown, used, revoked or too old, and for an organization that is not active. */
export class InvitationTokenInvalidError extends PlinthError {
  readonly code = 'INVITATION_TOKEN_INVALID';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor() {
    super('This invitation is not valid, or no longer. Ask for a new one.', { fields: { field: 'token' } });
  }
}

/** The token is good, and the caller is not whom it was sent to. */
export class InvitationForSomebodyElseError extends PlinthError {
  readonly code = 'INVITATION_FOR_SOMEBODY_ELSE';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor() {
    super('This invitation was sent to another address than yours. Sign in with the account of that address, or ask for one to yours.');
  }
}

/** Whoever is invited, or accepts, belongs to the organization already. */
export class AlreadyMemberError extends PlinthError {
  readonly code = 'ALREADY_MEMBER';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor() {
    super('Somebody with this address belongs to the organization already. Change the role of the member instead.', { fields: { field: 'email' } });
  }
}
