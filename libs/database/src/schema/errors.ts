import { PlinthError } from '../errors.js';

/** The file of accepted drift cannot be used. */
export class BaselineUnreadableError extends PlinthError {
  readonly code = 'SCHEMA_BASELINE_UNREADABLE';
  readonly family = 'operator';

  constructor(file: string, why: string, cause?: unknown) {
    super(`The baseline of accepted drift, "${file}": ${why}. Mend it, or delete it and accept anew: npm run schema:check -- --accept <key> --reason "…".`, {
      cause,
      fields: { file },
    });
  }
}

/** A repair was asked for that can lose values, and something that it needs is not there. */
export class DestructiveRepairRefusedError extends PlinthError {
  readonly code = 'SCHEMA_REPAIR_DESTRUCTIVE';
  readonly family = 'operator';

  constructor(
    readonly losses: readonly string[],
    need: string,
  ) {
    super(`This repair would lose ${losses.join('; ')}. Nothing was changed. ${need}`, { fields: { losses } });
  }
}

/** The structural clone did not come out as it should: the same steps are not run on the database itself. */
export class RehearsalFailedError extends PlinthError {
  readonly code = 'SCHEMA_REHEARSAL_FAILED';
  readonly family = 'bug';

  constructor(why: string, cause?: unknown) {
    super(`The repair was rehearsed on a clone of the structure, and ${why} Nothing was changed. Repair fewer things at once with --only, or by a migration.`, {
      cause,
    });
  }
}

/** The repair cannot be rehearsed here. */
export class RehearsalImpossibleError extends PlinthError {
  readonly code = 'SCHEMA_REHEARSAL_IMPOSSIBLE';
  readonly family = 'operator';

  constructor() {
    super(
      'A repair is rehearsed on a clone of the structure first, which takes a login that may create databases on the same server. ' +
        'Nothing was changed. Set DATABASE_SCRATCH_URL, or give --scratch-url.',
    );
  }
}

/** Nothing is known about the schema, which is not the same as drift: there was no way of looking. */
export abstract class CouldNotLookError extends PlinthError {
  readonly family = 'operator';
}

/** PostgreSQL or the network said no while a catalogue was read. */
export class LookFailedError extends CouldNotLookError {
  readonly code = 'SCHEMA_LOOK_FAILED';

  constructor(cause: unknown) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? `${String(cause.code)}: ` : '';
    super(
      `The schema could not be read (${code}${cause instanceof Error ? cause.message : String(cause)}). npm run schema:doctor says what is wrong with the connection.`,
      {
        cause,
      },
    );
  }
}

/** The database is ahead of this build. */
export class SchemaIsNewerError extends CouldNotLookError {
  readonly code = 'SCHEMA_IS_NEWER';

  constructor(readonly unknownMigrations: readonly string[]) {
    super(
      `The schema is newer: this build does not know ${unknownMigrations.map((name) => `"${name}"`).join(', ')}, so it cannot say what should be there. ` +
        'Nothing was changed. Run this with the newer build.',
      { fields: { unknownMigrations } },
    );
  }
}

/** A name was given that no finding has. */
export class NoSuchFindingError extends PlinthError {
  readonly code = 'SCHEMA_FINDING_UNKNOWN';
  readonly family = 'operator';

  constructor(names: readonly string[]) {
    super(`No finding has the key or code ${names.map((name) => `"${name}"`).join(', ')}. npm run schema:check lists them. Nothing was changed.`, {
      fields: { names },
    });
  }
}

/** There is nothing to compare with. */
export class NoExpectedSchemaError extends CouldNotLookError {
  readonly code = 'SCHEMA_EXPECTED_UNKNOWN';

  constructor(why: string, cause?: unknown) {
    super(`There is nothing to compare with: ${why} Set DATABASE_SCRATCH_URL to a login that may create databases on the same server.`, { cause });
  }
}

/** A repair cannot be written down. */
export class LedgerClosedError extends PlinthError {
  readonly code = 'SCHEMA_LEDGER_CLOSED';
  readonly family = 'operator';

  constructor(done: string, keys: readonly string[], cause: unknown) {
    const mend = keys.length === 0 ? 'npm run schema:check says what is wrong with it' : `Repair it first: --only ${keys.map((key) => `'${key}'`).join(' ')}`;
    super(
      `app.schema_ledger cannot be written (${cause instanceof Error ? cause.message : String(cause)}), and each repair is entered there. ${done} ${mend}.`,
      {
        cause,
        fields: { keys },
      },
    );
  }
}

/** Somebody else than the owner of the schema would look at it, and repair it to be his. */
export class NotTheOwnerError extends CouldNotLookError {
  readonly code = 'SCHEMA_LOGIN_NOT_OWNER';

  constructor(found: string, owner: string) {
    super(`DATABASE_OWNER_URL logs in as "${found}", and the schema is looked at and repaired as "${owner}". Nothing was changed. Give ${owner}'s login.`, {
      fields: { found, owner },
    });
  }
}
