import { sqlStateOf } from '../../errors.js';
import type { MigrationDataSource } from '../../migrations/migration-data-source.js';
import type { MigrationReport } from '../../migrations/runner/migration-runner.js';
import type { CliCommand } from '../command.js';
import { RevertNotConfirmedError } from '../errors.js';
import type { Loss } from '../migrations/revert-losses.js';
import { declareDatabase, withMigrations, type DatabaseOption } from '../migrations/with-migrations.js';

export interface MigrationRevertOptions extends DatabaseOption {
  readonly yes?: boolean;
  readonly json?: boolean;
}

interface Counted extends Loss {
  /** Rows of a table, values of a column; null where they could not be counted or the object is not there. */
  readonly rows: number | null;
}

/** undefined_table, undefined_column: the other half of a migration that is half done */
const GONE = new Set(['42P01', '42703']);

/** Undoes one migration, after saying what goes with it. */
export const migrationRevert: CliCommand<MigrationRevertOptions> = {
  name: 'migration:revert',
  summary: 'undo the migration that ran last (or was left half done), after saying which tables and columns it drops with how many rows',
  configure(command) {
    declareDatabase(command);
    command
      .option('--yes', 'do it; without it the losses are shown and nothing is changed')
      .option('--json', 'print the losses as JSON')
      .addHelpText('after', '\nOne at a time. Exit code 0: undone, or nothing to undo; 1: not confirmed, refused or failed.');
  },
  async run({ yes = false, json = false, ...options }, io) {
    await withMigrations(options, io, async (source) => {
      const name = nextToUndo(await source.runner.report());
      const losses = name === undefined ? [] : await lossesOf(source, name);
      if (json) io.out(JSON.stringify({ migration: name ?? null, losses: losses.map(({ kind, object, rows }) => ({ kind, object, rows })) }, null, 2));
      else if (name !== undefined) for (const line of describe(name, losses)) io.out(line);
      if (!yes && name !== undefined) throw new RevertNotConfirmedError(name);
      await source.undoLastMigration();
    });
  },
};

/** As the runner chooses it. */
function nextToUndo({ plan, books }: MigrationReport): string | undefined {
  return plan.halfReverted.at(-1)?.name ?? plan.halfRun.at(-1)?.name ?? books.journal.at(-1)?.name;
}

async function lossesOf(source: MigrationDataSource, name: string): Promise<Counted[]> {
  // Loaded here only: PostgreSQL's own parser.
  const { lossesOf: read } = await import('../migrations/revert-losses.js');
  const migration = (await source.runner.known()).find((known) => known.name === name);
  if (migration === undefined) return [];
  const losses = await read(migration.instance);
  const counted: Counted[] = [];
  for (const loss of losses) counted.push({ ...loss, rows: await count(source, loss) });
  return counted;
}

async function count(source: MigrationDataSource, { count: query }: Loss): Promise<number | null> {
  if (query === undefined) return null;
  try {
    const [row] = await source.query<{ n: number }[]>(query);
    return row?.n ?? null;
  } catch (error) {
    if (GONE.has(sqlStateOf(error) ?? '')) return null;
    throw error;
  }
}

function describe(name: string, losses: readonly Counted[]): string[] {
  if (losses.length === 0) return [`Reverting "${name}" drops no table and no column.`];
  return [`Reverting "${name}" drops, for good:`, ...losses.map((loss) => `  ${describeLoss(loss)}`)];
}

function describeLoss({ kind, object, rows }: Counted): string {
  if (kind === 'unknown') return `what this does, which nobody can tell beforehand: ${object.replaceAll(/\s+/g, ' ').slice(0, 160)}`;
  if (kind === 'schema') return `schema ${object} with everything in it`;
  const amount = rows === null ? 'is not there' : kind === 'column' ? `${rows} ${rows === 1 ? 'value' : 'values'}` : `${rows} ${rows === 1 ? 'row' : 'rows'}`;
  return kind === 'rows' ? `the rows of ${object}: ${amount}` : `${kind} ${object}: ${amount}`;
}
