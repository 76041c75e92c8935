import type { Client } from 'pg';
import { sqlStateOf } from '../../errors.js';
import { MIGRATION_TABLE, SCHEMA } from '../../migrations/journal.js';
import type { MigrationList } from '../expected/from-migrations.js';

/** How far the migrations of a database are, against those of this build. */
export interface JournalState {
  /** Of this build, and run; oldest first. */
  readonly ran: MigrationList;
  /** Of this build, and not run. */
  readonly pending: readonly string[];
  /** Run, and unknown to this build. */
  readonly unknown: readonly string[];
  /** The newest of `ran`; empty before the first. */
  readonly head: string;
}

/** undefined_table, invalid_schema_name */
const NO_JOURNAL = new Set(['42P01', '3F000']);

/** @throws what PostgreSQL says, but that there is no journal yet */
export async function readJournalState(client: Client, migrations: MigrationList): Promise<JournalState> {
  const names = new Set(await readNames(client));
  const ran = migrations.filter((migration) => names.has(nameOf(migration)));
  const known = new Set(migrations.map(nameOf));
  const last = ran.at(-1);
  return {
    ran,
    pending: migrations.map(nameOf).filter((name) => !names.has(name)),
    unknown: [...names].filter((name) => !known.has(name)),
    head: last === undefined ? '' : nameOf(last),
  };
}

async function readNames(client: Client): Promise<string[]> {
  try {
    const { rows } = await client.query<{ name: string }>(`select name from ${SCHEMA}.${MIGRATION_TABLE} order by timestamp`);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (NO_JOURNAL.has(sqlStateOf(error) ?? '')) return [];
    throw error;
  }
}

/** The name that a migration has in the journal: that of its class. */
export function nameOf(migration: MigrationList[number]): string {
  return typeof migration === 'function' ? migration.name : migration.toString();
}
