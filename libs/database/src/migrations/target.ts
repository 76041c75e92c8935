import type { MigrationInterface } from 'typeorm';
import { MIGRATION_TABLE, SCHEMA } from './journal.js';
import { migrations } from './index.js';

export type MigrationClass = new () => MigrationInterface;

/** A database that has migrations, and where their books are kept. */
export interface MigrationTarget {
  /** `plinth` for ours, else the name in `DATABASES_<NAME>_URL`. */
  readonly database: string;
  /** The variable that says who migrates it. */
  readonly variable: string;
  /** The schema of the journal. */
  readonly schema: string;
  readonly journal: string;
  readonly migrations: readonly MigrationClass[];
  /** Whether the runner makes the schema and the table `migration_run` by itself. Ours come from `db:roles` and a migration. */
  readonly makesBooks: boolean;
}

/** The database of this schema. */
export const PLINTH: MigrationTarget = {
  database: 'plinth',
  variable: 'DATABASE_OWNER_URL',
  schema: SCHEMA,
  journal: MIGRATION_TABLE,
  migrations,
  makesBooks: false,
};
