/**
 * Runs pending migrations and the reference seeds as `app_owner`. Several processes may call it at once: the migrations hold a lock,
 * and the seeds only add what is missing.
 * @throws what a migration throws
 */
export async function migrateAndSeed(ownerUrl: string, progress: (text: string) => void): Promise<void> {
  // Loaded here only: a process that does not migrate shall not carry it.
  const { runMigrations } = await import('../migrations/run.js');
  const started = performance.now();
  const names = await runMigrations(ownerUrl);
  if (names.length === 0) return;
  progress(`Ran ${names.length === 1 ? `the migration ${names.join()}` : `${names.length} migrations`} in ${Math.round(performance.now() - started)} ms`);
}
