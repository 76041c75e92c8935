import { PlinthError } from '../errors.js';

/** The caller may not do what the bootstrap needs; the message holds the statement that PostgreSQL refused. */
export class RoleBootstrapDeniedError extends PlinthError {
  readonly code = 'ROLE_BOOTSTRAP_DENIED';
  readonly family = 'operator';

  constructor(
    readonly caller: string,
    readonly statement: string,
    purpose: string,
    cause: unknown,
  ) {
    super(
      `The role "${caller}" may not ${purpose}: PostgreSQL refused  ${statement};  ` +
        'Run this as a superuser, or as a role with CREATEROLE that owns the database and made (or has ADMIN OPTION on) the app_* roles.',
      { cause, fields: { caller, statement } },
    );
  }
}

/** The connection is to another database than the one that should be prepared. */
export class WrongDatabaseError extends PlinthError {
  readonly code = 'ROLE_BOOTSTRAP_WRONG_DATABASE';
  readonly family = 'bug';

  constructor(
    readonly wanted: string,
    readonly connected: string,
  ) {
    super(`The roles should be prepared in database "${wanted}", but the connection is to "${connected}". Connect to "${wanted}" first.`, {
      fields: { wanted, connected },
    });
  }
}

/** The schema `app` is there and belongs to somebody else. */
export class SchemaTakenError extends PlinthError {
  readonly code = 'ROLE_BOOTSTRAP_SCHEMA_TAKEN';
  readonly family = 'operator';

  constructor(
    readonly schema: string,
    readonly owner: string,
  ) {
    super(
      `The schema "${schema}" belongs to "${owner}" and not to "app_owner". ` +
        `If it is meant for Plinth run  ALTER SCHEMA "${schema}" OWNER TO "app_owner";  otherwise choose another database.`,
      { fields: { schema, owner } },
    );
  }
}

/** PostgreSQL is older than the oldest version that is supported. */
export class UnsupportedServerError extends PlinthError {
  readonly code = 'UNSUPPORTED_SERVER';
  readonly family = 'operator';

  constructor(readonly version: string) {
    super(`PostgreSQL "${version}" is not supported: use 15, 16, 17 or 18.`, { fields: { version } });
  }
}
