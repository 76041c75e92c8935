import type { CliCommand, ExitCode } from '../command.js';
import { declareServerOptions, withManager, type ServerOptions } from '../schema/open-manager.js';

export interface SnapshotOptions extends ServerOptions {
  readonly check?: boolean;
}

/** The committed picture of what the migrations make, for servers where no scratch database can be made. */
export const schemaSnapshot: CliCommand<SnapshotOptions> = {
  name: 'schema:snapshot',
  summary: 'write what the migrations make on this major version into the committed snapshot',
  configure(command) {
    declareServerOptions(command).option('--check', 'change nothing; exit code 1 where the committed snapshot is not current');
  },
  async run({ check = false, ...options }, io): Promise<ExitCode> {
    return withManager(options, io, async (manager) => {
      const { major, current, path } = await manager.snapshot({ write: !check });
      if (!current && check) io.err(`The snapshot of PostgreSQL ${major} is not what the migrations make. Run npm run schema:snapshot and commit "${path}".`);
      else io.err(current ? `The snapshot of PostgreSQL ${major} is current.` : `Wrote PostgreSQL ${major} into "${path}". Commit it.`);
      return !current && check ? 1 : 0;
    });
  },
};
