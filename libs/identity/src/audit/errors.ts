import { PlinthError } from '#database';

/** The role that would delete old entries of the audit log has no grant for it. */
export class AuditLogPurgeNotGrantedError extends PlinthError {
  readonly code = 'AUDIT_LOG_PURGE_NOT_GRANTED';
  readonly family = 'operator';
  constructor(cause: unknown) {
    super(
      'This role may not delete from "app.audit_log". Run it as app_owner, or let a migration give app_admin a function that deletes old entries (docs/decisions/0017).',
      { cause },
    );
  }
}
