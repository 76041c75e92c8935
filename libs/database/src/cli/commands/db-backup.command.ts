import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { embeddedHome, repositoryRoot } from '../../embedded/home.js';
import { backUp } from '../../schema/backup/back-up.js';
import type { CliCommand, CliIo } from '../command.js';
import { withOwnerClient } from '../owner-client.js';
import { describeAmount, lockTimeoutMs, tableReporter } from '../backup-options.js';

export interface BackupOptions {
  readonly to?: string;
  readonly wait: string;
  readonly json?: boolean;
}

/** Every row of the schema `app` into a new archive, from one snapshot, while the services go on. */
export const dbBackup: CliCommand<BackupOptions> = {
  name: 'db:backup',
  summary: 'write every row of the database into a new archive; it holds the rows of all organizations, so keep it as safe as the database',
  configure(command) {
    command
      .option('--to <folder>', 'where the archive is made, as a folder of its own (default: backups in PLINTH_HOME)')
      .option('--wait <seconds>', 'how long to wait for a table that somebody locks', '30')
      .option('--json', 'print path and receipt as JSON')
      .addHelpText(
        'after',
        '\nRuns as DATABASE_OWNER_URL and refuses, before it reads anything, a login that does not see every row.\n' +
          'Prints the folder of the archive, which is readable by its owner only. Exit code 0: complete; 1: there is none, or the ledger\n' +
          'does not know it: the message says which.',
      );
  },
  async run({ to, wait, json = false }, io) {
    const folder = to === undefined ? join(embeddedHome().folder, 'backups') : resolve(to);
    const lockTimeout = lockTimeoutMs(wait);
    const started = performance.now();
    const { archive, receipt, bytes } = await withOwnerClient('plinth-backup', (client) =>
      backUp(client, { to: folder, build: buildVersion(), lockTimeoutMs: lockTimeout, onTable: tableReporter(io) }),
    );
    const rows = receipt.tables.reduce((sum, table) => sum + table.rows, 0);
    io.err(`Backed up ${describeAmount(receipt.tables.length, rows)} (${describeBytes(bytes)} of text) at "${receipt.head}" in ${seconds(started)} s.`);
    io.err(`The receipt ${receipt.id} is entered in app.schema_ledger.`);
    print(io, json, archive, receipt);
  },
};

function print(io: CliIo, json: boolean, archive: string, receipt: object): void {
  io.out(json ? JSON.stringify({ archive, receipt }, null, 2) : archive);
}

function buildVersion(): string {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8')) as { version: string };
  return version;
}

function describeBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
