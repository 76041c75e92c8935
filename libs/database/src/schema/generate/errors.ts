import { PlinthError } from '../../errors.js';

/** A name that no file and no class can carry. */
export class MigrationNameError extends PlinthError {
  readonly code = 'MIGRATION_NAME';
  readonly family = 'operator';

  constructor(name: string | undefined) {
    super(
      name === undefined
        ? 'Give the migration a name that says what it does: npm run migration:generate -- add-note'
        : `"${name}" cannot name a migration. Use up to 60 lower-case letters, digits and single hyphens, beginning with a letter: add-note.`,
      { fields: { name } },
    );
  }
}

/** An option of migration:generate that says nothing we can use. */
export class GenerateOptionError extends PlinthError {
  readonly code = 'GENERATE_OPTION';
  readonly family = 'operator';

  constructor(option: string, value: string, problem: string) {
    super(`${option} "${value}" cannot be used: ${problem}. Nothing was written.`, { fields: { option, value } });
  }
}

/** Values would be lost that nobody said may go. */
export class LossNotAllowedError extends PlinthError {
  readonly code = 'LOSS_NOT_ALLOWED';
  readonly family = 'operator';

  constructor(losses: readonly { readonly name: string; readonly loses: string }[]) {
    const lines = losses.map(({ name, loses }) => `\n  ${name}: ${loses}`).join('');
    const flags = losses.map(({ name }) => `--allow-loss ${name}`).join(' ');
    super(`This migration would lose values:${lines}\nNothing was written. If they shall go, say so: ${flags}`, {
      fields: { losses: losses.map(({ name }) => name) },
    });
  }
}

/** Something is gone and something alike is new: only a person knows whether it is the same thing under another name. */
export class RenameUndecidedError extends PlinthError {
  readonly code = 'RENAME_UNDECIDED';
  readonly family = 'operator';

  constructor(candidates: readonly { readonly from: string; readonly to: readonly string[]; readonly flag: string }[]) {
    const lines = candidates.map(({ from, to, flag }) => {
      const renames = to.map((name) => `${flag} ${from}=${name}`).join('   or   ');
      return `\n  ${from} is gone. The same thing under a new name: ${renames}   Dropped, with what is in it: --allow-loss ${from}`;
    });
    super(`Renames are never guessed. Say for each what it is; nothing was written.${lines.join('')}`, {
      fields: { candidates: candidates.map(({ from }) => from) },
    });
  }
}

/** A new column must hold a value, and nobody said which one the rows that exist get. */
export class FillMissingError extends PlinthError {
  readonly code = 'FILL_MISSING';
  readonly family = 'operator';

  constructor(columns: readonly string[]) {
    const flags = columns.map((column) => `--fill "${column}=<SQL>"`).join(' ');
    super(
      `The rows that exist have no value for ${columns.map((column) => `"${column}"`).join(', ')}, which may not be null and has no default. ` +
        `Say what they get, as an SQL constant ('PLAIN') or an expression over the row's columns: ${flags}. Nothing was written.`,
      { fields: { columns } },
    );
  }
}

/** The plan, tried in a scratch database, does not do what it should. */
export class MigrationNotExactError extends PlinthError {
  readonly code = 'MIGRATION_NOT_EXACT';
  readonly family = 'bug';

  constructor(direction: 'up' | 'down' | 'up again', differences: readonly string[]) {
    super(
      `The generated migration was tried in a scratch database, and after "${direction}" the schema is not what it should be: ${differences.join('; ')}. ` +
        'Nothing was written. Write this change by hand: npm run migration:create',
      { fields: { direction, differences } },
    );
  }
}

/** A generated statement failed in the scratch database. */
export class GeneratedStatementError extends PlinthError {
  readonly code = 'GENERATED_STATEMENT_FAILED';
  readonly family = 'operator';

  constructor(statement: string, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(`The generated migration was tried in a scratch database, and failed: ${said}, at "${statement}". Nothing was written.`, {
      cause,
      fields: { statement },
    });
  }
}
