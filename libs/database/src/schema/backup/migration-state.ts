import type { ClientBase } from 'pg';
import { MIGRATION_TABLE, SCHEMA } from '../../migrations/journal.js';

export interface JournalRow {
  readonly id: number;
  readonly timestamp: string;
  readonly name: string;
}

/** The journal as it is, in the order in which migrations ran. Empty where no migration ever ran. */
export async function readJournal(client: ClientBase): Promise<JournalRow[]> {
  const { rows: found } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [`${SCHEMA}.${MIGRATION_TABLE}`]);
  if (found[0]?.found !== true) return [];
  const { rows } = await client.query<JournalRow>(`select id::int as id, timestamp::text as timestamp, name from ${SCHEMA}.${MIGRATION_TABLE} order by id`);
  return rows;
}

/** The head: the name of the newest migration that has run, by its own timestamp; empty before the first. */
export function headOf(journal: readonly JournalRow[]): string {
  const newest = journal.reduce<JournalRow | undefined>(
    (best, row) => (best === undefined || BigInt(row.timestamp) > BigInt(best.timestamp) ? row : best),
    undefined,
  );
  return newest?.name ?? '';
}
