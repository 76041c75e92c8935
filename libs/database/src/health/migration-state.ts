import { sqlStateOf } from '../errors.js';
import { MIGRATION_TABLE, SCHEMA } from '../migrations/journal.js';
import { migrations } from '../migrations/index.js';
import { readProgress, type MigrationProgress } from '../migrations/progress.js';
import type { HealthQuery } from './finding.js';

/** The journal against the list of this build. */
export interface MigrationState {
  readonly ran: readonly string[];
  /** What this build has and the journal has not. */
  readonly pending: readonly string[];
  /** What ran and this build does not know: the schema is newer. */
  readonly notOfThisBuild: readonly string[];
  /** What somebody runs at this moment, or null. */
  readonly progress: MigrationProgress | null;
}

const UNDEFINED_TABLE = '42P01';
const UNDEFINED_SCHEMA = '3F000';

/** Names as TypeORM writes them into its journal, oldest first. */
export const MIGRATION_NAMES: readonly string[] = migrations.map((migration) => new migration().name);

/** @throws what PostgreSQL answers, except that there is no journal yet: then nothing has run */
export async function readMigrationState(query: HealthQuery): Promise<MigrationState> {
  // Before the journal: what ends in between is then in the journal, and not lost.
  const progress = await readProgress(async <Row>(text: string) => (await query<object>(text)) as Row[], MIGRATION_NAMES);
  const ran = await journal(query);
  return {
    ran,
    pending: MIGRATION_NAMES.filter((name) => !ran.includes(name)),
    notOfThisBuild: ran.filter((name) => !MIGRATION_NAMES.includes(name)),
    progress,
  };
}

async function journal(query: HealthQuery): Promise<string[]> {
  try {
    const rows = await query<{ name: string }>(`select name from ${SCHEMA}.${MIGRATION_TABLE} order by id`);
    return rows.map(({ name }) => name);
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === UNDEFINED_TABLE || state === UNDEFINED_SCHEMA) return [];
    throw error;
  }
}
