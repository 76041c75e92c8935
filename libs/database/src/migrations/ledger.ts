import { hostname, userInfo } from 'node:os';
import type { ClientBase } from 'pg';
import { newId } from '../ids.js';

/** As the CHECK of the table has it. Said again here, since nothing below migrations/ imports entities. */
export type LedgerKind = 'FIX' | 'BACKUP' | 'RESTORE' | 'ATTEST' | 'INITIALIZE' | 'MIGRATE' | 'REVERT';

/** One line of `app.schema_ledger`: what a tool did to the schema or the data as a whole. */
export interface LedgerEntry {
  readonly kind: LedgerKind;
  /** Who did it, at most 255 characters: `whoAmI()`, or a name that was given. */
  readonly who: string;
  /** Name of the newest migration that had run, empty before the first. */
  readonly version: string;
  /** The statements that ran, separated by `;` and a line break; empty where none did. */
  readonly sql: string;
  /** How it ended, in a few words, at most 255 characters. */
  readonly outcome: string;
  /** Names, counts, identifiers; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

const LONGEST = 255;

/**
 * Writes one entry and answers its id. It belongs to the caller's transaction where there is one.
 * @param client a session of app_owner: nobody else may write the ledger
 * @throws what PostgreSQL answers: 42P01 before the migration SchemaTools1795272000000
 */
export async function recordInLedger(client: Pick<ClientBase, 'query'>, entry: LedgerEntry): Promise<string> {
  const id = newId();
  await client.query('insert into app.schema_ledger (id, kind, who, version, sql, outcome, details) values ($1, $2, $3, $4, $5, $6, $7)', [
    id,
    entry.kind,
    entry.who.slice(0, LONGEST),
    entry.version,
    entry.sql,
    entry.outcome.slice(0, LONGEST),
    JSON.stringify(entry.details ?? {}),
  ]);
  return id;
}

/** The operating system's user and host, `ada@build-7`: who a tool that nobody named works for. The number where the user has no name. */
export function whoAmI(): string {
  return `${userName()}@${hostname()}`.slice(0, LONGEST);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that no password file knows.
    return String(process.getuid?.() ?? 'unknown');
  }
}
