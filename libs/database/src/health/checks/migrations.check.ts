import { sqlStateOf } from '../../errors.js';
import { MIGRATION_TABLE, SCHEMA } from '../../migrations/journal.js';
import { migrations } from '../../migrations/index.js';
import { down, up, type Finding, type HealthCheck, type HealthQuery } from '../finding.js';

const UNDEFINED_TABLE = '42P01';
const UNDEFINED_SCHEMA = '3F000';

/** Names as TypeORM writes them into its journal. */
const expected: readonly string[] = migrations.map((migration) => new migration().name);

/**
 * The journal against the list of this build. Pending ones are wrong; ones this build does not know are information: a newer version
 * migrates before the older one has stopped.
 */
export const migrationsCheck: HealthCheck = {
  name: 'migrations',
  gatesReadiness: true,
  async look(query: HealthQuery): Promise<Finding> {
    const ran = await journal(query);
    const pending = expected.filter((name) => !ran.includes(name));
    const notOfThisBuild = ran.filter((name) => !expected.includes(name));
    const facts = { ran: ran.length, pending, notOfThisBuild };
    if (pending.length === 0) return up(facts);
    return down(`${pending.length} ${pending.length === 1 ? 'migration has' : 'migrations have'} not run. Run npm run migration:run.`, facts);
  },
};

/** The names that ran; none where there is no journal yet. */
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
