import { PlinthError } from '../../errors.js';

/** A text that PostgreSQL's grammar refuses: nothing can be said about it. */
export class UnparsableSqlError extends PlinthError {
  readonly code = 'LINT_SQL_UNPARSABLE';
  readonly family = 'operator';

  constructor(sql: string, cause: unknown) {
    super(`PostgreSQL's grammar does not take this statement: "${shortened(sql)}". Mend it; nothing was checked.`, { cause, fields: { sql } });
  }
}

/** A migration failed while its statements were recorded. */
export class MigrationNotRecordedError extends PlinthError {
  readonly code = 'LINT_MIGRATION_FAILED';
  readonly family = 'operator';

  constructor(migration: string, direction: 'up' | 'down', statement: string | undefined, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const where = statement === undefined ? '' : ` at "${shortened(statement)}"`;
    super(`The migration "${migration}" failed on the scratch database, in its "${direction}"${where}: ${said}. Mend the migration and check again.`, {
      cause,
      fields: { migration, direction, statement },
    });
  }
}

/** The program that knows squawk's rules is not there, or did not answer as it should. */
export class SquawkUnusableError extends PlinthError {
  readonly code = 'LINT_SQUAWK_UNUSABLE';
  readonly family = 'operator';

  constructor(problem: string, cause?: unknown) {
    super(`squawk could not look at the migrations: ${problem}. Install the optional packages (npm ci --include=optional) and check again.`, { cause });
  }
}

/** Git could not say which migrations are new. */
export class MergeBaseUnknownError extends PlinthError {
  readonly code = 'LINT_MERGE_BASE_UNKNOWN';
  readonly family = 'operator';

  constructor(reference: string, cause?: unknown) {
    super(`Git knows no "${reference}" to compare with. Fetch it (git fetch origin main), name another (--since <ref>), or check every migration (--all).`, {
      cause,
      fields: { reference },
    });
  }
}

/** The entities of the merge base could not be made to run: nobody knows whether they would. */
export class OldEntitiesUnusableError extends PlinthError {
  readonly code = 'LINT_OLD_ENTITIES_UNUSABLE';
  readonly family = 'operator';

  constructor(problem: string, cause?: unknown) {
    super(`The entities of the merge base could not be tried on the new schema: ${problem}. Compare with another commit (--since <ref>).`, { cause });
  }
}

function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 160)} …` : line;
}
