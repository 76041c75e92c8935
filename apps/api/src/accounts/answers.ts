import type { CheckYourMailResponse } from './accounts.dto.js';

/** Whatever happened. */
export const CHECK_YOUR_MAIL: CheckYourMailResponse = Object.freeze({ status: 'check-your-mail' });

export const BAD_FIELD = 'a field is missing, unknown or not valid';
export const BAD_TOKEN = 'a field is not valid, or the token is unknown, used or expired';
export const BUSY = 'too many passwords are checked at this moment; see Retry-After';
export const BUSY_OR_NO_MAIL = 'too many passwords are checked at this moment (see Retry-After), or the installation sends no mail';
