import type { ClientBase } from 'pg';
import { recordInLedger, whoAmI } from '../../../migrations/ledger.js';
import { headOf, readJournal } from '../migration-state.js';
import { AttestationEmptyError } from './errors.js';

/** A person's word that there is a backup which this program did not make. */
export interface Attestation {
  /** As its maker calls it: the name of a snapshot, a label of pgBackRest. At most 255 characters. */
  readonly backupId: string;
  /** How it was made and how it is known to be good. At most 255 characters. */
  readonly reason: string;
  /** Default: the operating system's user and host. */
  readonly who?: string;
}

/**
 * Enters the word in the ledger and answers the entry's id. Attesting the same backup again makes it count from now.
 * @param client as app_owner
 * @throws AttestationEmptyError
 */
export async function attest(client: ClientBase, { backupId, reason, who = whoAmI() }: Attestation): Promise<string> {
  const words = { backupId: checked('--id', backupId), reason: checked('--reason', reason) };
  const version = headOf(await readJournal(client));
  return recordInLedger(client, { kind: 'ATTEST', who, version, sql: '', outcome: 'attested', details: words });
}

function checked(what: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 255) throw new AttestationEmptyError(what);
  return trimmed;
}
