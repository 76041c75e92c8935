import { UnknownMigrationDatabaseError } from './errors.js';
import { PLINTH, type MigrationClass, type MigrationTarget } from './target.js';

/**
 * The migrations of further databases (`DATABASES_<NAME>_URL`), by the name of the database in lower case: each has a folder
 * `migrations/<name>/` with a list of its own in its index.ts. `npm run migration:create -- <name> --database <database>` makes both.
 */
export const furtherMigrations: Readonly<Record<string, readonly MigrationClass[]>> = {
  // One line for each database.
};

/** Where the books of a further database are kept: a schema that the runner makes there. */
const BOOKS_SCHEMA = 'plinth';

/**
 * Whose migrations a name means: ours for `plinth` or none. Who migrates a further database logs in by `DATABASES_<NAME>_OWNER_URL`.
 * @throws UnknownMigrationDatabaseError that lists the names there are
 */
export function targetNamed(name: string | undefined, further: Readonly<Record<string, readonly MigrationClass[]>> = furtherMigrations): MigrationTarget {
  if (name === undefined || name === PLINTH.database) return PLINTH;
  const database = name.toLowerCase();
  const list = Object.hasOwn(further, database) ? further[database] : undefined;
  if (list === undefined) throw new UnknownMigrationDatabaseError(name, [PLINTH.database, ...Object.keys(further)]);
  return { database, variable: ownerVariableOf(database), schema: BOOKS_SCHEMA, journal: 'migration', migrations: list, makesBooks: true };
}

/** `DATABASES_REPORTING_OWNER_URL` for `reporting`. */
export function ownerVariableOf(database: string): `DATABASES_${string}_URL` {
  return `DATABASES_${database.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_OWNER_URL`;
}
