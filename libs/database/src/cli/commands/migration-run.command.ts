import type { CliCommand } from '../command.js';
import { declareDatabase, withMigrations, type DatabaseOption } from '../migrations/with-migrations.js';

export interface MigrationRunOptions extends DatabaseOption {
  readonly acceptChanged?: readonly string[];
  readonly json?: boolean;
}

/** Runs what is pending. The same that ENABLE_AUTO_MIGRATION and TypeORM's own command line do. */
export const migrationRun: CliCommand<MigrationRunOptions> = {
  name: 'migration:run',
  summary: 'run the migrations that have not run yet, and finish what a killed process left half done',
  configure(command) {
    declareDatabase(command);
    command
      .option('--accept-changed <names...>', 'take what these files say now as what ran; only where the database is known to be so')
      .option('--json', 'print the names of those that ran as JSON')
      .addHelpText(
        'after',
        '\nSeveral at once are harmless: one works, the others wait. Each migration is one transaction, unless it declares `transaction = false`.\n' +
          'Where the schema is newer than this build nothing is run.\n' +
          'Exit code 0: nothing is pending (or the schema is newer); 1: a migration failed or was refused; those before it stay.',
      );
  },
  async run({ acceptChanged = [], json = false, ...options }, io) {
    const ran = await withMigrations(options, io, (source) => source.runMigrations(), { acceptChanged });
    if (json) io.out(JSON.stringify({ ran: ran.map(({ name }) => name) }));
  },
};
