import { PlinthError } from '#database';

/** Something can only go on by a message to an address, and this installation sends none. */
export class MailNotConfiguredError extends PlinthError {
  readonly code = 'MAIL_NOT_CONFIGURED';
  readonly family = 'operator';
  override readonly httpStatus = 503;
  constructor() {
    super(
      'This installation sends no mail yet, so an address cannot be proven. Until mail is configured, an operator makes accounts with "npm run user:create".',
    );
  }
}
