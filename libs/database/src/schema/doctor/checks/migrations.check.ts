import { sqlStateOf } from '../../../errors.js';
import { readMigrationState } from '../../../health/migration-state.js';
import type { DoctorCheck } from '../check.js';
import { anyOfDatabase } from '../context.js';
import { command, couldNotLook, ok, warning, wrong, type Diagnosis } from '../diagnosis.js';

const INSUFFICIENT_PRIVILEGE = '42501';

/** Every migration of this build has run, and no other. */
export const migrationsCheck: DoctorCheck = {
  name: 'migrations',
  async look(context) {
    const { variable, client } = anyOfDatabase(context);
    const query = async <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> => (await client.query<R>(text, [...values])).rows;
    try {
      return said(await readMigrationState(query));
    } catch (error) {
      if (sqlStateOf(error) !== INSUFFICIENT_PRIVILEGE) throw error;
      return [couldNotLook('migrations', `${variable} may not read the journal, app.migration.`, command('npm run schema:fix'))];
    }
  },
};

function said({ ran, pending, notOfThisBuild, progress }: Awaited<ReturnType<typeof readMigrationState>>): Diagnosis[] {
  const newer = notOfThisBuild.map((name) => `"${name}"`).join(', ');
  if (progress !== null) return [warning('migrations', `Somebody migrates now: ${progress.text}, since ${progress.since.toISOString()}.`)];
  if (notOfThisBuild.length > 0) {
    return [warning('migrations', `The schema is newer: this build does not know ${newer}. Nothing is repaired with it.`, command('Deploy the newer build'))];
  }
  if (pending.length > 0) {
    const names = pending.map((name) => `"${name}"`).join(', ');
    return [
      wrong(
        'migrations',
        `Pending: ${names}. Services are not ready until they have run.`,
        command(ran.length === 0 ? 'npm run db:init' : 'npm run migration:run'),
      ),
    ];
  }
  return [ok('migrations', `${ran.length} ran, up to "${ran.at(-1) ?? ''}"`)];
}
