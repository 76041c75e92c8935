import { repositoryRoot } from '../../embedded/home.js';
import type { CliCommand, ExitCode } from '../command.js';
import { onMajors } from '../on-majors.js';

export interface SnapshotOptions {
  readonly check?: boolean;
  readonly all?: boolean;
}

/** The committed picture of what the migrations make, for servers where no scratch database can be made. Touches no database but its own. */
export const schemaSnapshot: CliCommand<SnapshotOptions> = {
  name: 'schema:snapshot',
  summary: 'write what the migrations make into the committed snapshot, which servers without scratch databases are compared with',
  configure(command) {
    command
      .option('--check', 'change nothing; exit code 1 where the committed snapshot is not current')
      .option('--all', 'for every supported PostgreSQL version, of the packages in .ci/postgres');
  },
  async run({ check = false, all = false }, io): Promise<ExitCode> {
    const [{ renewCommittedSnapshot }, { migrations }] = await Promise.all([import('../../schema/manager/snapshot.js'), import('../../migrations/index.js')]);
    const options = { all, onProgress: (text: string) => io.err(text) };
    const reports = await onMajors(repositoryRoot(), options, ({ admin, owner }) =>
      renewCommittedSnapshot({ scratchUrl: admin, ownerUrl: owner }, [...migrations], { write: !check }),
    );
    for (const { major, current, path } of reports) {
      if (current) io.err(`The snapshot of PostgreSQL ${major} is current.`);
      else if (check) io.err(`The snapshot of PostgreSQL ${major} is not what the migrations make. Run npm run schema:snapshot -- --all and commit "${path}".`);
      else io.err(`Wrote PostgreSQL ${major} into "${path}". Commit it.`);
    }
    return check && reports.some(({ current }) => !current) ? 1 : 0;
  },
};
