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
