import { deleteData } from '../../embedded/control.js';
import { embeddedHome } from '../../embedded/home.js';
import { readEnvFile } from '../../embedded/prepare-environment.js';
import type { CliCommand } from '../command.js';
import { ConfirmationMissingError } from '../errors.js';

export interface ResetOptions {
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** Throws the development data away. The next start makes an empty database, with the passwords there were. */
export const dbReset: CliCommand<ResetOptions> = {
  name: 'db:reset',
  summary: 'delete the data of the embedded PostgreSQL of this checkout; the next start makes it anew',
  configure(command) {
    command.option('--yes', 'delete it; without this nothing is deleted');
    command.option('--force', 'also while processes use it');
  },
  async run({ yes = false, force = false }, io) {
    readEnvFile();
    const home = embeddedHome();
    if (!yes) throw new ConfirmationMissingError('db:reset', `the database in "${home.data}"`);
    const deleted = await deleteData(home, { force });
    io.err(deleted ? `Deleted the database in "${home.data}". The next start makes a new one.` : `There is no database in "${home.data}".`);
  },
};
