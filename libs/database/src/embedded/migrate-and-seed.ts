/**
 * Runs pending migrations and the reference seeds as `app_owner`. Several processes may call it at once: each part holds a lock, and
 * who comes second finds nothing to do. Where the schema is newer than this build everything stays as it is, the reference data too.
 * @param direct host, port and database past a pooler
 * @throws what a migration or PostgreSQL throws
 */
export async function migrateAndSeed(ownerUrl: string, progress: (text: string) => void, direct?: string): Promise<void> {
  // Loaded here only: a process that does not migrate shall not carry them.
  const { runMigrations } = await import('../migrations/run.js');
  const { runSeeds } = await import('../seeds/run-seeds.js');
  const started = performance.now();
  let isNewer = false;
  const names = await runMigrations(ownerUrl, {
    onProgress: progress,
    onNewer: () => {
      isNewer = true;
    },
    ...(direct === undefined ? {} : { directUrl: direct }),
  });
  if (names.length > 0)
    progress(`Ran ${names.length === 1 ? `the migration ${names.join()}` : `${names.length} migrations`} in ${Math.round(performance.now() - started)} ms`);
  if (isNewer) return;
  const added = await runSeeds(ownerUrl);
  if (added.permissions + added.roles > 0) progress(`Seeded ${added.permissions} permissions and ${added.roles} built-in roles`);
}
