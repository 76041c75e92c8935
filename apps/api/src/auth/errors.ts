import { PlinthError } from '#database';

/** The request carries no access token. */
export class UnauthenticatedError extends PlinthError {
  readonly code = 'UNAUTHENTICATED';
  readonly family = 'caller';
  override readonly httpStatus = 401;
  constructor() {
    super('This needs an access token: POST /v1/auth/login, then send "Authorization: Bearer <token>".');
  }
}

/** A guard ran outside of a request context, or a handler without a principal: the hook or the guard is not installed. */
export class RequestContextMissingError extends PlinthError {
  readonly code = 'REQUEST_CONTEXT_MISSING';
  readonly family = 'bug';
  constructor(what: 'context' | 'principal') {
    super(`This request has no ${what}. The onRequest hook opens the context and the guard sets the principal; install both before the handlers.`);
  }
}
