import { PlinthError } from '#database';

/** The address of a registration belongs to an account already. */
export class EmailTakenError extends PlinthError {
  readonly code = 'EMAIL_TAKEN';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor() {
    super('This e-mail address cannot be registered: an account uses it. Sign in instead.', { fields: { field: 'email' } });
  }
}

/**
 * Signing in failed. One answer for an unknown address, a wrong password, a deactivated account and a paused one, so that it
 * does not tell which addresses have an account.
 */
export class InvalidCredentialsError extends PlinthError {
  readonly code = 'INVALID_CREDENTIALS';
  readonly family = 'caller';
  override readonly httpStatus = 401;
  constructor() {
    super(
      'The e-mail address or the password is wrong. After several failures from one place an address also pauses there for up to a minute: wait and try again.',
    );
  }
}

/** The person is known, but is a member of no active organization. */
export class NoOrganizationError extends PlinthError {
  readonly code = 'NO_ORGANIZATION';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor() {
    super('This account belongs to no active organization. Ask to be invited to one.');
  }
}

/** A password outside of the allowed length. */
export class PasswordLengthError extends PlinthError {
  readonly code = 'PASSWORD_LENGTH';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor(shortest: number, longest: number) {
    super(`"password" must have ${shortest} to ${longest} characters.`, { fields: { field: 'password', shortest, longest } });
  }
}

/** All places for password hashing are taken; hashing more at once would starve every other request of memory and processor. */
export class PasswordHashingBusyError extends PlinthError {
  readonly code = 'PASSWORD_HASHING_BUSY';
  readonly family = 'caller';
  override readonly httpStatus = 503;
  constructor(readonly retryAfterSeconds: number) {
    super(`Too many people are signing in at this moment. Try again in ${retryAfterSeconds} second(s).`, { fields: { retryAfterSeconds } });
  }
}

/** The token is no token of ours, has been changed, was signed with a key that is gone, or is meant for somebody else. */
export class TokenInvalidError extends PlinthError {
  readonly code = 'TOKEN_INVALID';
  readonly family = 'caller';
  override readonly httpStatus = 401;
  constructor(cause?: unknown) {
    super('The access token is not valid. Sign in again.', { cause });
  }
}

/** The token was valid and its time is over. */
export class TokenExpiredError extends PlinthError {
  readonly code = 'TOKEN_EXPIRED';
  readonly family = 'caller';
  override readonly httpStatus = 401;
  constructor(cause?: unknown) {
    super('The access token has expired. Sign in again.', { cause });
  }
}

/** The token is valid, but the account or its membership has been removed or deactivated since it was issued. */
export class SessionEndedError extends PlinthError {
  readonly code = 'SESSION_ENDED';
  readonly family = 'caller';
  override readonly httpStatus = 401;
  constructor() {
    super('This session has ended: the account or its membership in the organization is no longer active.');
  }
}

/** No free slug was found for a name, after several random endings. */
export class SlugExhaustedError extends PlinthError {
  readonly code = 'SLUG_EXHAUSTED';
  readonly family = 'bug';
  constructor(slug: string) {
    super(`No free slug was found that begins with "${slug}".`, { fields: { slug } });
  }
}
