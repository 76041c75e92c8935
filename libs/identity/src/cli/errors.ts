import { PlinthError } from '#database';

/** An option of a command cannot be used. */
export class OptionRefusedError extends PlinthError {
  readonly code = 'OPTION_REFUSED';
  readonly family = 'operator';
  constructor(option: string, wanted: string) {
    super(`--${option} must be ${wanted}.`, { fields: { option } });
  }
}

/** No password was typed or handed over. */
export class PasswordMissingError extends PlinthError {
  readonly code = 'PASSWORD_MISSING';
  readonly family = 'operator';
  constructor() {
    super('There is no password. Type it, or hand it over as the first line of stdin.');
  }
}

/** No user has this address. */
export class AddressUnknownError extends PlinthError {
  readonly code = 'ADDRESS_UNKNOWN';
  readonly family = 'operator';
  constructor(email: string) {
    super(`No user has the address ${email}. Look how it is written, or make the account first: npm run user:create.`, { fields: { email } });
  }
}
