/** Longer than any honest statement holds a table: who waits for a lock in order to look says that it could not look. */
const LOCK_TIMEOUT_MS = 10_000;
const SETTINGS = {
  lock_timeout: String(LOCK_TIMEOUT_MS),
  row_security: 'on',
  default_transaction_read_only: 'off',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
};

/**
 * The start-up options of a session that looks at a schema or repairs it: what somebody set for the role or the database, which may be
 * the very drift, must not hinder it.
 */
export const STEADY_SESSION = Object.entries(SETTINGS)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ');
