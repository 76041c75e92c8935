import { attest } from '../../schema/backup/receipt/attest.js';
import type { CliCommand } from '../command.js';
import { withOwnerClient } from '../owner-client.js';

export interface AttestOptions {
  readonly id: string;
  readonly reason: string;
  readonly json?: boolean;
}

/** A person's word that a backup exists which this program did not make. */
export const dbAttest: CliCommand<AttestOptions> = {
  name: 'db:attest',
  summary: 'enter a backup that was made by other means, so that schema:fix --backup-id accepts it for a day',
  configure(command) {
    command
      .requiredOption('--id <text>', 'what its maker calls it: the name of a snapshot, a label of pgBackRest')
      .requiredOption('--reason <text>', 'how it was made, and how you know that it can be restored')
      .option('--json', 'print the entry as JSON')
      .addHelpText('after', '\nIt is your word that counts: nothing looks at that backup. Entered in app.schema_ledger with your name. Exit code 0 or 1.');
  },
  async run({ id, reason, json = false }, io) {
    const ledgerId = await withOwnerClient('plinth-attest', (client) => attest(client, { backupId: id, reason }));
    if (json) io.out(JSON.stringify({ backupId: id, ledgerId }, null, 2));
    else io.err(`Entered the backup "${id}" in app.schema_ledger (${ledgerId}). schema:fix --backup-id accepts it for 24 hours, while no migration runs.`);
  },
};
