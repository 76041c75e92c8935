import { deleteData } from '../../embedded/control.js';
import { embeddedHome } from '../../embedded/home.js';
import { readEnvFile } from '../../embedded/prepare-environment.js';
import type { CliCommand } from '../command.js';

export interface ResetOptions {
  readonly force?: boolean;
}

/** Throws the development data away. The next start makes an empty database, with the passwords there were. */
export const dbReset: CliCommand<ResetOptions> = {
  name: 'db:reset',
  summary: 'delete the data of the embedded PostgreSQL of this checkout; the next start makes it anew',
  configure(command) {
    command.option('--force', 'also while processes use it');
  },
  async run({ force = false }, io) {
    readEnvFile();
    const home = embeddedHome();
    const deleted = await deleteData(home, { force });
    io.err(deleted ? `Deleted the database in "${home.data}". The next start makes a new one.` : `There is no database in "${home.data}".`);
  },
};
