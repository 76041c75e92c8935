import { stopServer } from '../../embedded/control.js';
import { embeddedHome } from '../../embedded/home.js';
import { readEnvFile } from '../../embedded/prepare-environment.js';
import type { CliCommand } from '../command.js';

export interface StopOptions {
  readonly force?: boolean;
}

/** Stops the embedded PostgreSQL now, instead of a grace after its last user. */
export const dbStop: CliCommand<StopOptions> = {
  name: 'db:stop',
  summary: 'stop the embedded PostgreSQL of this checkout',
  configure(command) {
    command.option('--force', 'also while processes use it');
  },
  async run({ force = false }, io) {
    readEnvFile();
    const home = embeddedHome();
    const stopped = await stopServer(home, { force });
    io.err(stopped ? `Stopped the embedded PostgreSQL in "${home.folder}".` : `No embedded PostgreSQL runs in "${home.folder}".`);
  },
};
