import { isSocket } from '../config/connection-url.js';
import { PlinthError } from '../errors.js';

/** Another process held the migration lock for too long. */
export class MigrationLockTimeoutError extends PlinthError {
  readonly code = 'MIGRATION_LOCK_TIMEOUT';
  readonly family = 'operator';

  constructor(
    readonly waitedMs: number,
    holder?: { readonly text: string; readonly pid: number },
  ) {
    super(
      `Waited ${Math.round(waitedMs / 1000)} s for the migration lock: ${holder?.text ?? 'it changes hands all the time'}. Wait for that process, or ` +
        `end its session if it hangs (as its own role or a superuser: select pg_terminate_backend(${holder?.pid ?? 'pid'})); what it left half done, the next run finishes.`,
      { fields: { waitedMs, holder: holder?.pid } },
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

/** The connection goes through something that hands out sessions of the server per transaction. */
export class TransactionPoolerError extends PlinthError {
  readonly code = 'TRANSACTION_POOLER';
  readonly family = 'operator';

  constructor({ host = '', port, database }: { readonly host?: string; readonly port?: number; readonly database?: string }) {
    const place = isSocket({ host }) ? host : `${host}:${port ?? 5432}`;
    super(
      `"${place}" is a pooler in transaction mode: two statements of one connection reach different sessions of the server, where the migration lock ` +
        'does not hold. Nothing was changed. Set DATABASE_DIRECT_URL to host, port and database of PostgreSQL itself: ' +
        `postgres://host:5432/${database ?? 'database'} (without a login; it takes the one of DATABASE_OWNER_URL).`,
      { fields: { host, port } },
    );
  }
}

/** What ran is not what the file says now. */
export class MigrationChangedError extends PlinthError {
  readonly code = 'MIGRATION_CHANGED';
  readonly family = 'operator';

  constructor(
    readonly names: readonly string[],
    ran: { readonly name: string; readonly who: string; readonly build: string; readonly at: Date | null },
  ) {
    super(
      `${quoted(names)} changed after it ran: "${ran.name}" ran${ran.at === null ? '' : ` on ${ran.at.toISOString()}`} by ${ran.who} (build ${ran.build}) with other statements. ` +
        'Nothing was changed. Put the file back as it was and write a new migration for the change (npm run migration:create -- <name>). ' +
        `If this database already is what the file says, accept it: npm run migration:run -- --accept-changed ${names[0]}`,
      { fields: { names } },
    );
  }
}

/** The journal has a migration in its midst that this build does not have. */
export class MigrationMissingError extends PlinthError {
  readonly code = 'MIGRATION_MISSING';
  readonly family = 'operator';

  constructor(readonly names: readonly string[]) {
    super(
      `${quoted(names)} ran in this database before others that this build knows, and this build does not have it. Nothing was changed. ` +
        'Put its file back and list it in libs/database/src/migrations/index.ts, or deploy the build that has it.',
      { fields: { names } },
    );
  }
}

/** The newest migration that ran is none of this build's: it cannot be undone from here. */
export class MigrationUnknownError extends PlinthError {
  readonly code = 'MIGRATION_UNKNOWN';
  readonly family = 'operator';

  constructor(readonly migration: string) {
    super(`"${migration}" ran last, and this build does not have it, so it cannot undo it. Nothing was changed. Revert with the build that has it.`, {
      fields: { migration },
    });
  }
}

/** A migration ended the transaction it runs in. */
export class MigrationTransactionEndedError extends PlinthError {
  readonly code = 'MIGRATION_TRANSACTION_ENDED';
  readonly family = 'bug';

  constructor(readonly migration: string) {
    super(
      `"${migration}" ended the transaction it runs in (COMMIT or ROLLBACK), so nobody can say how far it came. ` +
        'Take that out, or declare `readonly transaction = false` on it: then each statement stands alone and is counted.',
      { fields: { migration } },
    );
  }
}

/** A migration of several transactions came before the table that counts its statements. */
export class MigrationNotCountableError extends PlinthError {
  readonly code = 'MIGRATION_NOT_COUNTABLE';
  readonly family = 'bug';

  constructor(readonly migration: string) {
    super(
      `"${migration}" declares \`transaction = false\`, and the table app.migration_run, which counts its statements, is not there yet. ` +
        'Give it a later timestamp than SchemaTools1795272000000.',
      { fields: { migration } },
    );
  }
}

/** A statement waited for a lock each time it was tried. */
export class MigrationBlockedError extends PlinthError {
  readonly code = 'MIGRATION_BLOCKED';
  readonly family = 'operator';

  constructor(
    readonly migration: string,
    tries: number,
    blockers: string,
    cause: unknown,
  ) {
    super(
      `"${migration}" did not get its locks in ${tries} tries; blocked by ${blockers}. Nothing of it stays but what is noted as done. ` +
        'Wait until that session has ended, or end it, and run npm run migration:run again. MIGRATION_LOCK_TIMEOUT_MS and MIGRATION_LOCK_TRIES say how long to try.',
      { cause, fields: { migration, tries } },
    );
  }
}

/** The session lost the migration lock while it worked. */
export class MigrationLockLostError extends PlinthError {
  readonly code = 'MIGRATION_LOCK_LOST';
  readonly family = 'bug';

  constructor(readonly migration: string) {
    super(`"${migration}" gave up the migration lock (pg_advisory_unlock_all or DISCARD ALL). Take that out: another process may have begun to migrate.`, {
      fields: { migration },
    });
  }
}

/** An index that is built concurrently and has no name of its own. */
export class UnnamedIndexError extends PlinthError {
  readonly code = 'UNNAMED_INDEX';
  readonly family = 'bug';

  constructor(statement: string) {
    super(`Give the index a name in "${statement.slice(0, 80)}": a build that is cut off leaves an INVALID index, which must be found again by its name.`);
  }
}

/** No further database of that name has migrations. */
export class UnknownMigrationDatabaseError extends PlinthError {
  readonly code = 'UNKNOWN_MIGRATION_DATABASE';
  readonly family = 'operator';

  constructor(name: string, known: readonly string[]) {
    super(
      `No database "${name}" has migrations here. There are: ${known.join(', ')}. Its first migration makes its list: npm run migration:create -- <what> --database ${name}`,
      { fields: { name, known } },
    );
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
