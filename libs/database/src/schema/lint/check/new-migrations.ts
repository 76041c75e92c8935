import type { MigrationClass } from '../record/record-migration.js';
import { nameOf } from '../record/record-migration.js';
import { fileAt, mergeBase } from './git.js';

export interface MigrationChoice {
  /** Every migration is looked at. */
  readonly all?: boolean;
  /** Compare with this branch or commit instead of the main branch. */
  readonly since?: string;
}

export interface ChosenMigrations {
  /** Those that are there already: they make the ground. */
  readonly old: readonly MigrationClass[];
  readonly fresh: readonly MigrationClass[];
  /** The commit that was compared with; absent where there is none. */
  readonly base?: string;
  /** How they were chosen, for the report. */
  readonly because: string;
}

const LIST = 'libs/database/src/migrations/index.ts';

/**
 * Which migrations are new: those that the list at the merge base does not name. Without git, or without a main branch, all are.
 * @throws MergeBaseUnknownError
 */
export async function chooseMigrations(
  root: string,
  migrations: readonly MigrationClass[],
  { all = false, since }: MigrationChoice,
): Promise<ChosenMigrations> {
  const base = await mergeBase(root, since);
  const based = base === undefined ? {} : { base };
  if (all) return { old: [], fresh: migrations, ...based, because: 'all were asked for' };
  if (base === undefined) return { old: [], fresh: migrations, because: 'git knows no main branch to compare with' };
  const listed = new Set(((await fileAt(root, base, LIST)) ?? '').match(/\b[A-Z]\w*\d{13}\b/g) ?? []);
  const isOld = (migration: MigrationClass): boolean => listed.has(nameOf(migration)) || listed.has(migration.name);
  return {
    old: migrations.filter(isOld),
    fresh: migrations.filter((migration) => !isOld(migration)),
    ...based,
    because: `compared with ${since ?? 'the main branch'} at ${base.slice(0, 10)}`,
  };
}
