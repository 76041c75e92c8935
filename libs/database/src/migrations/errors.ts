import { PlinthError } from '../errors.js';

/** Another process held the migration lock for too long. */
export class MigrationLockTimeoutError extends PlinthError {
  readonly code = 'MIGRATION_LOCK_TIMEOUT';
  readonly family = 'operator';

  constructor(readonly waitedMs: number) {
    super(
      `Another process has been migrating this database for ${Math.round(waitedMs / 1000)} s. Wait for it, or look for its session: ` +
        "select pid, application_name, query from pg_stat_activity where application_name = 'plinth-migrations'.",
      { fields: { waitedMs } },
    );
  }
}

/** Nobody said who migrates. */
export class OwnerUrlMissingError extends PlinthError {
  readonly code = 'OWNER_URL_MISSING';
  readonly family = 'operator';

  constructor() {
    super(
      '"DATABASE_OWNER_URL" is not set, and migrations run as app_owner only. Set it: postgres://app_owner:password@host:port/database (npm run db:roles prints it).',
    );
  }
}
