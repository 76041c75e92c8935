import { PlinthError } from '#database';

/** A change of a versioned thing came without the version it is meant for. */
export class PreconditionRequiredError extends PlinthError {
  readonly code = 'PRECONDITION_REQUIRED';
  readonly family = 'caller';
  override readonly httpStatus = 428;
  constructor() {
    super('Say which version you change: GET it first, then send its ETag as If-Match.');
  }
}

/** `If-Match` is not one strong entity tag of ours. */
export class IfMatchInvalidError extends PlinthError {
  readonly code = 'IF_MATCH_INVALID';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor() {
    super('If-Match must be the one ETag that GET answered, such as "7" with its quotes: no *, no weak tag, no list.', { fields: { field: 'If-Match' } });
  }
}
