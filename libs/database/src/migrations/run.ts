import { MigrationRunConfig } from '../config/areas/migration-run.config.js';
import { TlsConfig } from '../config/areas/tls.config.js';
import { loadConfig } from '../config/load-config.js';
import { MigrationDataSource, type MigrationSettings } from './migration-data-source.js';

export interface RunMigrationsOptions extends Omit<MigrationSettings, 'say'> {
  /** Called with a line of text at each step that takes time, and for everything worth knowing. */
  readonly onProgress?: (text: string) => void;
}

/**
 * Runs the migrations that have not run yet, each in a transaction of its own, as the login of `ownerUrl` (app_owner). Several processes
 * may call it at once: one works, the others wait and find nothing to do. Without `tls` the settings of the environment hold; so do the
 * limits of waiting.
 * @returns the names of those that ran, oldest first; none where the schema is newer than this build
 * @throws MigrationLockTimeoutError, TransactionPoolerError, MigrationMissingError, MigrationChangedError, MigrationBlockedError,
 *   InvalidSettingError, and what PostgreSQL answers (that migration has changed nothing then, unless it declares `transaction = false`).
 */
export async function runMigrations(ownerUrl: string, { onProgress, ...options }: RunMigrationsOptions = {}): Promise<string[]> {
  const source = new MigrationDataSource(ownerUrl, {
    tls: loadConfig(TlsConfig),
    ...loadConfig(MigrationRunConfig).limits(),
    ...options,
    say: onProgress ?? (() => undefined),
  });
  await source.initialize();
  try {
    const ran = await source.runMigrations();
    return ran.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}
