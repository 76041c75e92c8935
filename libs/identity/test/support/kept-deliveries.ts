import { TokenDelivery, type Delivery } from '../../src/delivery/token-delivery.js';

/** Keeps what would be sent. */
export class KeptDeliveries extends TokenDelivery {
  readonly sent: Delivery[] = [];

  /** The token that was sent last. */
  get lastToken(): string {
    return this.sent.at(-1)?.token ?? '';
  }

  assertReady(): void {}

  send(delivery: Delivery): Promise<void> {
    this.sent.push(delivery);
    return Promise.resolve();
  }
}
