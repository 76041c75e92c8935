import type { RunRow } from '../../migrations/runner/books.js';
import { PLINTH } from '../../migrations/target.js';
import type { CliCommand } from '../command.js';
import { declareDatabase, orCouldNotLook, withMigrations, type DatabaseOption } from '../migrations/with-migrations.js';

export interface MigrationHistoryOptions extends DatabaseOption {
  readonly json?: boolean;
}

/** A line of the history. */
interface Happened {
  readonly at: Date;
  readonly what: string;
  readonly name: string;
  readonly who: string;
  readonly build: string;
}

/** Every entry of the ledger: migrations with what they concern; repairs, backups and the rest with how they ended. */
const LEDGER = `select "when" as at, lower(kind) as what, coalesce(details ->> 'migration', outcome) as name, who, coalesce(details ->> 'build', '') as build
  from app.schema_ledger`;

/** What was done to the schema, oldest first. */
export const migrationHistory: CliCommand<MigrationHistoryOptions> = {
  name: 'migration:history',
  summary: 'print what was done to the schema, by whom and when, oldest first: migrations, reverts, repairs, backups',
  configure(command) {
    declareDatabase(command);
    command.option('--json', 'print it as JSON').addHelpText('after', '\nChanges nothing.\nExit code 0: printed; 2: could not look.');
  },
  async run({ json = false, ...options }, io) {
    return orCouldNotLook(io, async () => {
      const lines = await withMigrations(options, io, async (source, target) => {
        const { books } = await source.runner.report();
        const ledger = books.keepsRuns && target.database === PLINTH.database ? await source.query<Happened[]>(LEDGER) : [];
        const runs = [...books.runs.values()].filter(({ name, state }) => state === 'STARTED' || !ledger.some((line) => line.name === name)).map(happened);
        return [...runs, ...ledger].sort((one, other) => one.at.getTime() - other.at.getTime());
      });
      if (json) io.out(JSON.stringify(lines, null, 2));
      else if (lines.length === 0) io.err('Nothing is written down yet.');
      else for (const { at, what, name, who, build } of lines) io.out(`${at.toISOString()}  ${what}  ${name}  ${who}${build === '' ? '' : `  build ${build}`}`);
      return 0;
    });
  },
};

/** What the ledger does not know: what ran before it, in another database, or is half done. */
function happened({ state, name, who, build, startedAt, completedAt, errorMessage }: RunRow): Happened {
  const half = `half done${errorMessage === null ? '' : ` (${errorMessage})`}`;
  return { at: completedAt ?? startedAt, what: state === 'STARTED' ? half : state === 'REVERTED' ? 'revert' : 'migrate', name, who, build };
}
