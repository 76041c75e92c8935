import type { BooksRead, RunRow } from './books.js';

/** A migration of this build. */
export interface KnownMigration {
  readonly name: string;
  readonly timestamp: number;
  readonly checksum: string;
  /** Whether it is one transaction. */
  readonly transactional: boolean;
}

/** What is to do, and what stands against it. Each list oldest first. */
export interface MigrationPlan {
  /** Not run yet; among them what a killed process left half done. */
  readonly pending: readonly KnownMigration[];
  /** Pending, and older than the newest that ran: branches were merged out of order. */
  readonly outOfOrder: readonly KnownMigration[];
  /** Ran after everything this build knows, and this build does not know them: the schema is newer. */
  readonly newer: readonly string[];
  /** Ran, and something this build knows ran after them: their files were taken out. */
  readonly missing: readonly string[];
  /** Ran as something else than what the file says now. */
  readonly changed: readonly { readonly migration: KnownMigration; readonly ran: RunRow }[];
  /** Ran before checksums were kept. */
  readonly unrecorded: readonly KnownMigration[];
  /** Half run: begun, and not in the journal. */
  readonly halfRun: readonly KnownMigration[];
  /** Half reverted: begun again, and still in the journal. */
  readonly halfReverted: readonly KnownMigration[];
}

/** Compares the list of this build with the books of the database. */
export function planMigrations(known: readonly KnownMigration[], { journal, runs, keepsRuns }: BooksRead): MigrationPlan {
  const knownNames = new Set(known.map(({ name }) => name));
  const ranNames = new Set(journal.map(({ name }) => name));
  const pending = known.filter(({ name }) => !ranNames.has(name));
  const ran = known.filter(({ name }) => ranNames.has(name));
  const newest = Math.max(...journal.map(({ timestamp }) => timestamp));
  const lastKnown = journal.findLastIndex(({ name }) => knownNames.has(name));
  const unknown = journal.flatMap(({ name }, index) => (knownNames.has(name) ? [] : [{ name, after: index > lastKnown }]));
  const isStarted = ({ name }: KnownMigration): boolean => runs.get(name)?.state === 'STARTED';
  return {
    pending,
    outOfOrder: pending.filter(({ timestamp }) => timestamp < newest),
    newer: unknown.filter(({ after }) => after).map(({ name }) => name),
    missing: unknown.filter(({ after }) => !after).map(({ name }) => name),
    changed: ran.flatMap((migration) => {
      const row = runs.get(migration.name);
      return row === undefined || row.checksum === migration.checksum ? [] : [{ migration, ran: row }];
    }),
    unrecorded: keepsRuns ? ran.filter(({ name }) => !runs.has(name)) : [],
    halfRun: pending.filter(isStarted),
    halfReverted: ran.filter(isStarted),
  };
}
