import { resolve } from 'node:path';
import { verifiedArchive, type VerifiedArchive } from '../../schema/backup/archive/open-archive.js';
import { describeDatabase } from '../../schema/backup/database-identity.js';
import { restore, type RestoreResult } from '../../schema/backup/restore/restore.js';
import { describeAmount, lockTimeoutMs, tableReporter } from '../backup-options.js';
import type { CliCommand, CliIo } from '../command.js';
import { RestoreConfirmationMissingError } from '../errors.js';
import { withOwnerClient } from '../owner-client.js';

export interface RestoreCommandOptions {
  readonly from: string;
  readonly yes?: boolean;
  readonly verifyOnly?: boolean;
  readonly replace?: boolean;
  readonly wait: string;
  readonly json?: boolean;
}

/** An archive's rows into a database with the same migrations, all in one transaction. */
export const dbRestore: CliCommand<RestoreCommandOptions> = {
  name: 'db:restore',
  summary: 'put the rows of an archive of db:backup into a database with the same migrations; all of it or nothing',
  configure(command) {
    command
      .requiredOption('--from <folder>', 'the archive, as db:backup printed it')
      .option('--yes', 'do it; without this nothing is changed')
      .option('--verify-only', 'read the whole archive and compare it with its manifest; needs no database')
      .option('--replace', 'also into a database with rows: every row of every table is deleted first, in the same transaction')
      .option('--wait <seconds>', 'how long to wait for tables that somebody uses', '30')
      .option('--json', 'print what was done as JSON')
      .addHelpText(
        'after',
        '\nThe database is made by db:init, with the migrations that the archive was taken at; what db:init seeds does not count as rows.\n' +
          'Runs as DATABASE_OWNER_URL (app_owner). Nobody else reads or writes the tables meanwhile.\n' +
          'Exit code 0: restored, or the archive is whole; 1: nothing was changed.',
      );
  },
  async run({ from, yes = false, verifyOnly = false, replace = false, wait, json = false }, io) {
    const folder = resolve(from);
    if (verifyOnly) return reportArchive(await verifiedArchive(folder), json, io);
    if (!yes) throw new RestoreConfirmationMissingError(replace);
    const lockTimeout = lockTimeoutMs(wait);
    const archive = await verifiedArchive(folder);
    const result = await withOwnerClient('plinth-restore', (client) =>
      restore(client, { archive, replace, lockTimeoutMs: lockTimeout, onTable: tableReporter(io) }),
    );
    report(result, json, io);
  },
};

function reportArchive(archive: VerifiedArchive, json: boolean, io: CliIo): void {
  if (json) io.out(JSON.stringify(summaryOf(archive), null, 2));
  else io.err(describe(archive));
}

function describe({ id, manifest }: VerifiedArchive): string {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  return (
    `The archive is whole: ${describeAmount(manifest.tables.length, rows)} of the database ${describeDatabase(manifest.database)}, ` +
    `taken ${manifest.createdAt} at "${manifest.head}" on PostgreSQL ${manifest.server}. Its receipt is ${id}.`
  );
}

function summaryOf({ id, path, manifest }: VerifiedArchive): object {
  const { createdAt, server, database, head, tables } = manifest;
  return { archive: path, id, createdAt, server, database, head, tables: tables.map(({ name, rows, sha256 }) => ({ name, rows, sha256 })) };
}

function report(result: RestoreResult, json: boolean, io: CliIo): void {
  if (json) return io.out(JSON.stringify(result, null, 2));
  const deleted = Object.entries(result.replaced).map(([table, rows]) => `${table} ${rows}`);
  io.err(`Restored ${describeAmount(result.tables, result.rows)}, compared them with the archive, and checked every foreign key.`);
  if (deleted.length > 0) io.err(`Rows that were deleted for it: ${deleted.join(', ')}.`);
}
