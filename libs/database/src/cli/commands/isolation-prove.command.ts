import { repositoryRoot } from '../../embedded/home.js';
import { startTestCluster, stopTestCluster } from '../../testing/global-setup.js';
import { formatReport, type IsolationReport } from '../../testing/isolation/findings.js';
import { proveIsolation } from '../../testing/isolation/prove.js';
import { createTestDatabase } from '../../testing/test-database.js';
import type { CliCommand } from '../command.js';
import { IsolationNotProvenError } from '../errors.js';

export interface ProveOptions {
  readonly json?: boolean;
}

/** Attacks every table from another organization, in a database of its own that the migrations make; touches no other data. */
export const isolationProve: CliCommand<ProveOptions> = {
  name: 'isolation:prove',
  summary: "attack one organization's rows from another in every known way, and print what held",
  configure(command) {
    command.option('--json', 'print every finding as JSON');
  },
  async run({ json = false }, io) {
    io.err('Making a database from the migrations …');
    await startTestCluster(repositoryRoot());
    try {
      const report = await proveInOwnDatabase();
      io.out(json ? JSON.stringify(report, null, 2) : formatReport(report));
      if (report.broken.length + report.unknown.length > 0) throw new IsolationNotProvenError(report.broken.length, report.unknown.length);
    } finally {
      await stopTestCluster();
    }
  },
};

async function proveInOwnDatabase(): Promise<IsolationReport> {
  const database = await createTestDatabase();
  try {
    return await proveIsolation(database);
  } finally {
    await database.drop();
  }
}
