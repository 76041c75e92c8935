import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createLogger } from '#database';
import { TokenDelivery, type Delivery } from './token-delivery.js';

/** Only the person at this machine reads what waits there. */
const PRIVATE = 0o600;

/**
 * Development's post: shows a token in the log, and appends each delivery as a line of JSON to the outbox, for programs. This
 * is the only place that logs a token.
 */
export class DevelopmentDelivery extends TokenDelivery {
  readonly #logger = createLogger('delivery');

  /** @param outbox the file that deliveries are appended to, made with the first */
  constructor(private readonly outbox: string) {
    super();
  }

  /** Always ready. */
  assertReady(): void {}

  async send(delivery: Delivery): Promise<void> {
    const { to, purpose, token } = delivery;
    await mkdir(dirname(this.outbox), { recursive: true });
    await appendFile(this.outbox, `${JSON.stringify({ ...delivery, at: new Date().toISOString() })}\n`, { mode: PRIVATE });
    this.#logger.info({ purpose }, token === null ? `message for ${to}: ${purpose}` : `one-time token for ${to}: ${token}`);
  }
}
