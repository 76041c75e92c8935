import { PlinthError } from '#database';
import type { FieldProblem } from './problem.js';

/** Input that can be read but breaks a rule: one entry for each field and rule. */
export class ValidationFailedError extends PlinthError {
  readonly code = 'VALIDATION_FAILED';
  readonly family = 'caller';
  override readonly httpStatus = 400;

  constructor(readonly errors: readonly FieldProblem[]) {
    super(`The request is not valid: ${errors.map(({ message }) => message).join('; ')}.`, { fields: { errors } });
  }
}

/** A body that is no JSON at all. The parser's own message is not repeated: it quotes the body. */
export class MalformedJsonError extends PlinthError {
  readonly code = 'MALFORMED_JSON';
  readonly family = 'caller';
  override readonly httpStatus = 400;

  constructor() {
    super('The body is not valid JSON. Send one JSON object, encoded in UTF-8.');
  }
}

/** The path exists, but not for this method. */
export class MethodNotAllowedError extends PlinthError {
  readonly code = 'METHOD_NOT_ALLOWED';
  readonly family = 'caller';
  override readonly httpStatus = 405;

  constructor(readonly allowed: readonly string[]) {
    super(`This path does not know the method. It knows ${allowed.join(', ')}.`);
  }
}
