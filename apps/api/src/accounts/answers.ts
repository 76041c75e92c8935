import type { CheckYourMailResponse } from './accounts.dto.js';

/** Whatever happened. */
export const CHECK_YOUR_MAIL: CheckYourMailResponse = Object.freeze({ status: 'check-your-mail' });

export const BAD_FIELD = 'a field is missing, unknown or not valid';
export const BAD_TOKEN = 'a field is not valid; ONE_TIME_TOKEN_INVALID: the token is unknown, used or expired';
export const BAD_TOKEN_OR_PASSWORD =
  'a field is not valid; ONE_TIME_TOKEN_INVALID: the token is unknown, used, expired or pausing, or the password is not the one of the registration';
export const BUSY = 'PASSWORD_HASHING_BUSY: too many passwords are checked at this moment; see Retry-After';
export const BUSY_OR_NO_MAIL =
  'PASSWORD_HASHING_BUSY: too many passwords are checked at this moment (see Retry-After); MAIL_NOT_CONFIGURED: the installation sends no mail';
