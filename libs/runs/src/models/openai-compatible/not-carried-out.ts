import { ModelCallError } from '../errors.js';

/** A call that the endpoint certainly did not carry out, and that may be made again. */
export class NotCarriedOutError extends ModelCallError {
  constructor(
    reason: string,
    /** How long the endpoint asks to wait, in ms; undefined: it does not say. */
    readonly retryAfterMs: number | undefined,
    cause?: unknown,
  ) {
    super('refused', reason, cause);
  }
}
