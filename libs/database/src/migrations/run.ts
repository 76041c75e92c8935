import { TlsConfig } from '../config/areas/tls.config.js';
import { loadConfig } from '../config/load-config.js';
import { MigrationDataSource, type MigrationSettings } from './migration-data-source.js';

export interface RunMigrationsOptions extends Omit<MigrationSettings, 'onWait'> {
  /** Called with a line of text at each step that takes time. */
  readonly onProgress?: (text: string) => void;
}

/**
 * Runs the migrations that have not run yet, all in one transaction, as the login of `ownerUrl` (app_owner). Several processes may call
 * it at once: one works, the others wait and find nothing to do. Without `tls` the settings of the environment hold.
 * @returns the names of those that ran, oldest first.
 * @throws MigrationLockTimeoutError, InvalidSettingError, and what PostgreSQL answers (nothing has changed then).
 */
export async function runMigrations(ownerUrl: string, { onProgress, ...options }: RunMigrationsOptions = {}): Promise<string[]> {
  const onWait = (): void => onProgress?.('Another process is migrating this database; waiting for it');
  const source = new MigrationDataSource(ownerUrl, { tls: loadConfig(TlsConfig), ...options, onWait });
  await source.initialize();
  try {
    const ran = await source.runMigrations({ transaction: 'all' });
    return ran.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}
