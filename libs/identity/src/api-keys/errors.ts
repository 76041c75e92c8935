import { PlinthError } from '#database';

/** One answer for a key that is unknown, wrong, expired or withdrawn, so that it does not tell which. */
export class ApiKeyInvalidError extends PlinthError {
  readonly code = 'API_KEY_INVALID';
  readonly family = 'caller';
  override readonly httpStatus = 401;
  constructor() {
    super('The API key is not valid: it may be mistyped, expired or revoked. Look it up in the list of keys, or create another.');
  }
}

/** No API key of the current organization has this id; an id of another organization answers the same. */
export class ApiKeyNotFoundError extends PlinthError {
  readonly code = 'API_KEY_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(id: string) {
    super('There is no API key with this id. List the keys to see which ones there are.', { fields: { id } });
  }
}

/** A key would allow what its maker may not do. */
export class ScopeNotHeldError extends PlinthError {
  readonly code = 'SCOPE_NOT_HELD';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(scopes: readonly string[]) {
    super(`You cannot give a key what you may not do yourself: ${scopes.join(', ')}.`, { fields: { field: 'scopes', scopes } });
  }
}

/** A key would have expired before it was made. */
export class ApiKeyExpiryPastError extends PlinthError {
  readonly code = 'API_KEY_EXPIRY_PAST';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor() {
    super('The key would have expired already. Name a time to come, or leave expiresAt out.', { fields: { field: 'expiresAt' } });
  }
}
