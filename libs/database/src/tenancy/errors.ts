import { PlinthError } from '../errors.js';

export { DatabaseUnavailableError } from '../config/unreachable.js';

/** A tenant's data was asked for where no organization is known. */
export class NoTenantError extends PlinthError {
  readonly code = 'NO_TENANT';
  readonly family = 'bug';
  constructor(reason: string) {
    super(
      `No organization is known here: ${reason}. Nothing runs unscoped; put the work behind the guard that sets the principal, or use createTenantConnection(orgId).`,
    );
  }
}

/** The id that should name an organization is no UUID. */
export class InvalidOrganizationIdError extends PlinthError {
  readonly code = 'INVALID_ORGANIZATION_ID';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor(orgId: unknown) {
    super(`"${String(orgId)}" is not the id of an organization: a UUID is expected.`);
  }
}

/** A statement came for a transaction that has already been committed or rolled back. */
export class TransactionEndedError extends PlinthError {
  readonly code = 'TRANSACTION_ENDED';
  readonly family = 'bug';
  constructor(cause?: unknown) {
    super('This transaction has ended. Await every statement inside the function given to transaction(), and do not keep its tx.', { cause });
  }
}

/** Two transactions of one unit of work (a request, a job, a fixed connection) at the same time. */
export class ParallelTransactionError extends PlinthError {
  readonly code = 'PARALLEL_TRANSACTION';
  readonly family = 'bug';
  constructor() {
    super('Another transaction of the same unit of work is still running. Await it first, or do both in one transaction.');
  }
}

/** transaction() inside a running transaction of the same unit of work. */
export class NestedTransactionError extends PlinthError {
  readonly code = 'NESTED_TRANSACTION';
  readonly family = 'bug';
  constructor() {
    super('A transaction of this unit of work is already running. Pass its tx along instead of starting a second one.');
  }
}

/** A statement on the tenant connection from inside its own transaction: it would run outside of it. */
export class OutsideTransactionError extends PlinthError {
  readonly code = 'OUTSIDE_TRANSACTION';
  readonly family = 'bug';
  constructor() {
    super('This statement would run outside the transaction it stands in, on a second connection. Use tx instead of the tenant connection here.');
  }
}

/** The connection does not send this kind of statement. */
export class StatementRefusedError extends PlinthError {
  readonly code = 'STATEMENT_REFUSED';
  readonly family = 'bug';
  constructor(what: string, reason: string) {
    super(`"${what}" is not sent: ${reason}`, { fields: { statement: what } });
  }
}

/** The named parameters of a statement and the values given do not fit together. */
export class StatementParameterError extends PlinthError {
  readonly code = 'STATEMENT_PARAMETER';
  readonly family = 'bug';
  constructor(message: string, names: readonly string[]) {
    super(message, { fields: { parameters: names } });
  }
}

/** No connection became free within the configured wait. */
export class PoolExhaustedError extends PlinthError {
  readonly code = 'POOL_EXHAUSTED';
  readonly family = 'operator';
  override readonly httpStatus = 503;
  constructor(pool: string, size: number, waitedMs: number) {
    super(`No connection of the pool "${pool}" (${size}) became free within ${waitedMs} ms. Raise its size, or shorten what holds connections.`, {
      fields: { pool, size, waitedMs },
    });
  }
}

/** The connection broke; what it was doing has been rolled back. */
export class ConnectionLostError extends PlinthError {
  readonly code = 'CONNECTION_LOST';
  readonly family = 'operator';
  override readonly httpStatus = 503;
  constructor(cause: unknown) {
    super('The connection to the database broke; the work on it has been rolled back and may be tried again.', { cause });
  }
}

/** The connection broke while a commit was under way: it may or may not have taken effect. */
export class CommitUnknownError extends PlinthError {
  readonly code = 'COMMIT_UNKNOWN';
  readonly family = 'operator';
  override readonly httpStatus = 503;
  constructor(cause: unknown) {
    super('The connection to the database broke before the answer to the commit arrived: whether it took effect is not known. Look before trying again.', {
      cause,
    });
  }
}

/** COMMIT was answered with ROLLBACK, because a statement of the transaction had failed and its error was not passed on. */
export class CommitRolledBackError extends PlinthError {
  readonly code = 'COMMIT_ROLLED_BACK';
  readonly family = 'bug';
  constructor(cause: unknown) {
    super('The transaction was rolled back at its commit: one of its statements had failed. Let such an error end the transaction.', { cause });
  }
}

/** A value cannot be sent to PostgreSQL. */
export class ParameterValueError extends PlinthError {
  readonly code = 'PARAMETER_VALUE';
  readonly family = 'bug';
  constructor(position: number, cause: unknown) {
    super(`The value of parameter ${position} cannot be sent to PostgreSQL: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
      fields: { position },
    });
  }
}

/** A second database was asked for by a name that no variable configures. */
export class UnknownDatabaseError extends PlinthError {
  readonly code = 'UNKNOWN_DATABASE';
  readonly family = 'operator';
  constructor(name: string, variable: string, known: readonly string[]) {
    super(`There is no database "${name}". Known: ${known.length === 0 ? 'none' : known.join(', ')}. Set ${variable}.`, {
      fields: { name, variable, known },
    });
  }
}

/** A pool was asked for that this process did not open. */
export class PoolNotOpenError extends PlinthError {
  readonly code = 'POOL_NOT_OPEN';
  readonly family = 'operator';
  constructor(pool: string, variable: string) {
    super(`The pool "${pool}" is not open in this process. Name it in \`pools\` and set ${variable}.`, { fields: { pool, variable } });
  }
}

/** pg-native would be used in place of the driver this was built on. */
export class NativeDriverError extends PlinthError {
  readonly code = 'NATIVE_DRIVER';
  readonly family = 'operator';
  constructor(how: string) {
    super(`pg-native is present (${how}); tenancy is built on the JavaScript driver. Remove pg-native and NODE_PG_FORCE_NATIVE.`);
  }
}
