import { PlinthError } from '#database';

/**
 * What became of a call that failed: `refused` was certainly not carried out (it never left, or the endpoint said no), `unknown` may
 * have been carried out and paid for, `aborted` was ended by us while it ran.
 */
export type CallOutcome = 'refused' | 'unknown' | 'aborted';

/** A call of a language model failed. */
export class ModelCallError extends PlinthError {
  readonly code = 'MODEL_CALL_FAILED';
  readonly family = 'operator';
  constructor(
    readonly outcome: CallOutcome,
    reason: string,
    cause?: unknown,
  ) {
    super(`The language model could not be called: ${reason}`, { fields: { outcome }, cause });
  }
}
