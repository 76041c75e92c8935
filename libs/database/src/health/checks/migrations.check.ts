import { down, up, type Finding, type HealthCheck, type HealthQuery } from '../finding.js';
import { readMigrationState } from '../migration-state.js';

/**
 * The journal against the list of this build. While migrations that this build needs are missing, traffic stays away, and the reason
 * says how far the process is that runs them. Migrations this build does not know are information, also while they run: a newer version
 * migrates before the older one has stopped.
 */
export const migrationsCheck: HealthCheck = {
  name: 'migrations',
  gatesReadiness: true,
  async look(query: HealthQuery): Promise<Finding> {
    const { ran, pending, notOfThisBuild, progress } = await readMigrationState(query);
    const facts = {
      ran: ran.length,
      pending,
      notOfThisBuild,
      ...(progress === null ? {} : { migrating: progress.text, since: progress.since }),
      ...(notOfThisBuild.length === 0 ? {} : { note: newer(notOfThisBuild) }),
    };
    if (pending.length === 0) return up(facts);
    if (progress !== null) return down(progress.text, facts);
    return down(`${pending.length} ${pending.length === 1 ? 'migration has' : 'migrations have'} not run. Run npm run migration:run.`, facts);
  },
};

function newer(notOfThisBuild: readonly string[]): string {
  return `schema is newer: this build does not know ${notOfThisBuild.join(', ')}`;
}
