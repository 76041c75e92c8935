import { MailNotConfiguredError } from './errors.js';
import { TokenDelivery } from './token-delivery.js';

/** Production without mail: a token that was logged or dropped would let the wrong people in, or nobody. */
export class RefusingDelivery extends TokenDelivery {
  /** @throws MailNotConfiguredError always */
  assertReady(): never {
    throw new MailNotConfiguredError();
  }

  /** @throws MailNotConfiguredError always */
  async send(): Promise<never> {
    throw new MailNotConfiguredError();
  }
}
