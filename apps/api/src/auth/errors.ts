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

/** Handlers that do not say who may call them, or say two things at once. */
export class UndeclaredAccessError extends PlinthError {
  readonly code = 'UNDECLARED_ACCESS';
  readonly family = 'bug';
  constructor(handlers: readonly string[]) {
    super(
      `Nothing says who may call ${handlers.join(', ')}. Put exactly one of @RequirePermission(…), @SignedIn(), @AnyCredential(), @RequireSystemAdmin() and @Public() on the handler, or on its controller.`,
      { fields: { handlers } },
    );
  }
}

/** The route is for those who run the platform. */
export class SystemAdminRequiredError extends PlinthError {
  readonly code = 'SYSTEM_ADMIN_REQUIRED';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor() {
    super('This is for those who run the platform.');
  }
}

/** Somebody who runs the platform does not say why. */
export class ReasonRequiredError extends PlinthError {
  readonly code = 'REASON_REQUIRED';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor(longest: number) {
    super(`Say why you do this in the header X-Plinth-Reason, in 1 to ${longest} characters. It is kept.`, { fields: { field: 'X-Plinth-Reason' } });
  }
}
