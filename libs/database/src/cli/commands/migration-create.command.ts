import type { CliCommand } from '../command.js';
import { createMigration } from '../migrations/new-migration.js';

export interface MigrationCreateOptions {
  readonly database?: string;
  readonly json?: boolean;
}

/** An empty migration, listed. */
export const migrationCreate: CliCommand<MigrationCreateOptions> = {
  name: 'migration:create',
  summary: 'make an empty, documented migration file behind every other, and list it',
  configure(command) {
    command
      .argument('<name>', 'what it does: add-note')
      .option('--database <name>', 'a further database: the file goes to migrations/<name>/, which is made and listed where it is new')
      .option('--json', 'print the class and the files as JSON')
      .addHelpText('after', '\nTouches no database. Exit code 0: made; 1: the name cannot be used, nothing was written.');
  },
  async run({ database, json = false }, io, [name = '']) {
    const made = await createMigration({ name, ...(database === undefined ? {} : { database }) });
    if (json) io.out(JSON.stringify(made, null, 2));
    else for (const path of made.written) io.out(path);
  },
};
