import { PlinthError, type PermissionKey } from '#database';

/** The caller is known and may not do this: neither role nor own permissions, or a key's scopes, hold what it takes. */
export class PermissionDeniedError extends PlinthError {
  readonly code = 'PERMISSION_DENIED';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor(permission: PermissionKey) {
    super(`This needs the permission "${permission}". Ask an owner or admin of the organization for it.`, { fields: { permission } });
  }
}

/** The organization of the session or key is suspended, or being erased: nothing of it can be reached. */
export class OrganizationSuspendedError extends PlinthError {
  readonly code = 'ORGANIZATION_SUSPENDED';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor() {
    super('This organization is suspended: nothing of it can be read or changed. Ask who runs the platform.');
  }
}

/** An API key was presented where only a person may act. */
export class PersonRequiredError extends PlinthError {
  readonly code = 'PERSON_REQUIRED';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor() {
    super('This concerns a person, and an API key is none. Sign in and send the access token.');
  }
}
