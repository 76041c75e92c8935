import type { CliCommand } from '../command.js';
import { declareDatabase, orCouldNotLook, withMigrations, type DatabaseOption } from '../migrations/with-migrations.js';

export interface MigrationCurrentOptions extends DatabaseOption {
  readonly json?: boolean;
}

/** The version of the database: the newest migration that ran. */
export const migrationCurrent: CliCommand<MigrationCurrentOptions> = {
  name: 'migration:current',
  summary: 'print the newest migration that ran, and how many of this build are pending',
  configure(command) {
    declareDatabase(command);
    command.option('--json', 'print it as JSON').addHelpText('after', '\nChanges nothing.\nExit code 0: printed; 2: could not look.');
  },
  async run({ json = false, ...options }, io) {
    return orCouldNotLook(io, async () => {
      const { books, plan } = await withMigrations(options, io, (source) => source.runner.report());
      const head = [...books.journal].sort((one, other) => other.timestamp - one.timestamp)[0]?.name ?? null;
      const run = head === null ? undefined : books.runs.get(head);
      const [pending, newer] = [plan.pending.map(({ name }) => name), plan.newer];
      if (json) {
        io.out(JSON.stringify({ head, completedAt: run?.completedAt ?? null, who: run?.who ?? null, build: run?.build ?? null, pending, newer }, null, 2));
        return 0;
      }
      io.out(head ?? 'no migration has run');
      if (run?.completedAt) io.err(`completed ${run.completedAt.toISOString()} by ${run.who}, build ${run.build}`);
      if (pending.length > 0) io.err(`pending: ${pending.join(', ')}`);
      if (newer.length > 0) io.err(`newer than this build: ${newer.join(', ')}`);
      return 0;
    });
  },
};
