import { PlinthError } from '#database';

/** The operator lets nobody register by themselves. */
export class RegistrationClosedError extends PlinthError {
  readonly code = 'REGISTRATION_CLOSED';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor() {
    super('Registration is closed here. Ask a member of an organization for an invitation, or the operator for an account.');
  }
}

/** A one-time token is unknown, used, expired or overtaken: one answer, which tells nothing about whose it was. */
export class OneTimeTokenInvalidError extends PlinthError {
  readonly code = 'ONE_TIME_TOKEN_INVALID';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor(text = 'This token is not good any more: it is unknown, used or expired. Ask for a new one.') {
    super(text, { fields: { field: 'token' } });
  }
}

/** A registration was not proven, by its token or by its password: one answer, which does not tell by which. */
export class RegistrationUnprovenError extends OneTimeTokenInvalidError {
  constructor() {
    super(
      'This token is not good: it is unknown, used or expired, or the password is not the one that was chosen with this registration. After several failures in a row it also pauses for up to a minute. If you did not register, nothing is made in your name: register yourself.',
    );
  }
}

/** A signed-in person confirmed a change with a password that is not theirs. Not 401: the session is fine. */
export class WrongPasswordError extends PlinthError {
  readonly code = 'WRONG_PASSWORD';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor(field: 'password' | 'currentPassword') {
    super(`"${field}" is not the password of this account. After several failures in a row it also pauses for up to a minute.`, { fields: { field } });
  }
}
