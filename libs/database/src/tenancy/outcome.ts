import { BatchError } from './driver/one-sync.js';
import { CommitUnknownError, ConnectionLostError } from './errors.js';

/**
 * The error a caller sees for a failed batch: PostgreSQL's own while the connection stands; otherwise one that says
 * whether the work was rolled back, or may have been committed once `committing` statements of the batch were done (null: the batch does not commit).
 */
export function errorOf(failure: unknown, committing: number | null): unknown {
  if (!(failure instanceof BatchError)) return failure;
  if (!failure.broken) {
    if (failure.cause instanceof Error) Error.captureStackTrace(failure.cause, errorOf);
    return failure.cause;
  }
  const mayHaveCommitted = committing !== null && failure.answer !== 'not sent' && (failure.answer === 'silent' || failure.completed >= committing);
  return mayHaveCommitted ? new CommitUnknownError(failure.cause) : new ConnectionLostError(failure.cause);
}

/** PostgreSQL's complaint that a prepared statement returns other columns than before (a migration ran meanwhile). */
export function isStalePlan(failure: unknown): boolean {
  if (!(failure instanceof BatchError) || failure.broken || typeof failure.cause !== 'object' || failure.cause === null) return false;
  const { cause } = failure;
  if (!('code' in cause)) return false;
  const routine = 'routine' in cause ? cause.routine : undefined;
  return cause.code === '26000' || (cause.code === '0A000' && routine === 'RevalidateCachedQuery');
}
