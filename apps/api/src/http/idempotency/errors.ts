import { PlinthError } from '#database';
import type { Problem } from '../problem.js';

/** `Idempotency-Key` is not 1 to 255 visible ASCII characters. */
export class IdempotencyKeyInvalidError extends PlinthError {
  readonly code = 'IDEMPOTENCY_KEY_INVALID';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor() {
    super('Idempotency-Key must be 1 to 255 visible ASCII characters, such as a UUID.', { fields: { field: 'Idempotency-Key' } });
  }
}

/** The key was used for another request: another body, path or caller. */
export class IdempotencyKeyReusedError extends PlinthError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor() {
    super('This Idempotency-Key was used for another request. Send each new request with a new key.', { fields: { field: 'Idempotency-Key' } });
  }
}

/** The first request with the key has not been answered yet. */
export class IdempotencyKeyInUseError extends PlinthError {
  readonly code = 'IDEMPOTENCY_KEY_IN_USE';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor() {
    super('The first request with this Idempotency-Key is still being carried out. Send it again in a moment to get its answer.', {
      fields: { retryAfterSeconds: 1 },
    });
  }
}

/** The first request with the key was broken off: it may have taken effect or not. */
export class IdempotencyOutcomeUnknownError extends PlinthError {
  readonly code = 'IDEMPOTENCY_OUTCOME_UNKNOWN';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor() {
    super(
      'The first request with this Idempotency-Key was broken off on our side, and whether it took effect is not known. Look whether it did; if not, send it with a new key.',
    );
  }
}

/** Not a failure of its own: the problem that the first request with the key was answered with. */
export class ReplayedProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ReplayedProblem';
  }
}
