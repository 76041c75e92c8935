import { PlinthError } from '../errors.js';

/** Migrations need the owner's URL, and there is none. */
export class OwnerUrlMissingError extends PlinthError {
  readonly code = 'OWNER_URL_MISSING';
  readonly family = 'operator';

  constructor() {
    super(
      'Migrations run as "app_owner", and its password is not known here. Set DATABASE_OWNER_URL (npm run db:roles prints it), ' +
        'or give --admin-url together with --rotate-passwords for new passwords of all logins.',
    );
  }
}

/** An option holds a text that cannot be used. The message never repeats the text, which may hold a password. */
export class InvalidOptionError extends PlinthError {
  readonly code = 'OPTION_INVALID';
  readonly family = 'operator';

  constructor(
    readonly option: string,
    cause: Error,
  ) {
    super(`${option} ${cause.message}`, { cause, fields: { option } });
  }
}

/** The prover found a way from one organization to another, or could not try one. */
export class IsolationNotProvenError extends PlinthError {
  readonly code = 'ISOLATION_NOT_PROVEN';
  readonly family = 'bug';

  constructor(broken: number, unknown: number) {
    super(`Isolation is not proven: ${broken} attacks got through and ${unknown} could not be tried. Each is named above, with the table it attacked.`, {
      fields: { broken, unknown },
    });
  }
}

/** A command that destroys something was called without its explicit flag. */
export class ConfirmationMissingError extends PlinthError {
  readonly code = 'CONFIRMATION_MISSING';
  readonly family = 'operator';

  constructor(command: string, what: string) {
    super(`"${command}" deletes ${what}, for good. Nothing was deleted. To do it, add the flag: npm run ${command} -- --yes`, { fields: { command } });
  }
}

/** A restore was called without its explicit flag. */
export class RestoreConfirmationMissingError extends PlinthError {
  readonly code = 'CONFIRMATION_MISSING';
  readonly family = 'operator';

  constructor(replace: boolean) {
    const does = replace ? 'deletes every row of the database and puts those of the archive in their place' : 'fills the tables of the database';
    super(`"db:restore" ${does}. Nothing was changed. To do it, add the flag --yes; to look at the archive alone, --verify-only.`, {
      fields: { command: 'db:restore' },
    });
  }
}

/** The server, or something between it and here, ended the session of a command. */
export class OwnerConnectionLostError extends PlinthError {
  readonly code = 'OWNER_CONNECTION_LOST';
  readonly family = 'operator';

  constructor(cause: Error) {
    super(`The connection of DATABASE_OWNER_URL was lost: ${cause.message}. What was not committed was taken back. Run the command again.`, { cause });
  }
}

/** A revert was asked for without its explicit flag. */
export class RevertNotConfirmedError extends PlinthError {
  readonly code = 'REVERT_NOT_CONFIRMED';
  readonly family = 'operator';

  constructor(migration: string) {
    super(`Reverting "${migration}" undoes what it made, with the rows in it. Nothing was changed. To do it, add the flag: npm run migration:revert -- --yes`, {
      fields: { migration },
    });
  }
}

/** A name that makes no file and no class. */
export class MigrationNameError extends PlinthError {
  readonly code = 'MIGRATION_NAME_INVALID';
  readonly family = 'operator';

  constructor(name: string) {
    super(`"${name}" is no name for it. Use words of letters and digits that begin with a letter, joined by dashes: npm run migration:create -- add-note`, {
      fields: { name },
    });
  }
}

/** The list of migrations does not look as it should. */
export class MigrationListUnreadableError extends PlinthError {
  readonly code = 'MIGRATION_LIST_UNREADABLE';
  readonly family = 'bug';

  constructor(path: string) {
    super(`"${path}" does not hold the list of migrations in its usual form (\`[ // Oldest first. … ] as const;\`). Nothing was written. Put that form back.`, {
      fields: { path },
    });
  }
}

/** Somebody was asked what became of a thing that is gone, and did not say. */
export class RenamesLeftOpenError extends PlinthError {
  readonly code = 'RENAMES_LEFT_OPEN';
  readonly family = 'operator';

  constructor(name: string) {
    super(`Nobody said what became of "${name}", so nothing was written. Say it here, or with --rename, --rename-table or --allow-loss.`, { fields: { name } });
  }
}
