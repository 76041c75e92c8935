import { PlinthError } from '#database';

/** The repository has no credential. */
export class GitCredentialNotFoundError extends PlinthError {
  readonly code = 'GIT_CREDENTIAL_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(repositoryId: string) {
    super('The repository has no credential. Store one by PUT if it is private.', { fields: { repositoryId } });
  }
}

/** A credential that cannot be sent to the repository's server. Never repeats the token. */
export class GitCredentialRefusedError extends PlinthError {
  readonly code = 'GIT_CREDENTIAL_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(field: string, reason: string) {
    super(`The credential is refused: ${reason}`, { fields: { field } });
  }
}
