import { MigrationRunConfig } from './config/areas/migration-run.config.js';
import { TlsConfig } from './config/areas/tls.config.js';
import { loadConfig } from './config/load-config.js';
import { optionalDirectUrl, requiredUrl } from './config/required-url.js';
import { prepareEnvironment } from './embedded/prepare-environment.js';
import { PlinthError } from './errors.js';
import { OwnerUrlMissingError } from './migrations/errors.js';
import { MigrationDataSource } from './migrations/migration-data-source.js';

/*
 * What TypeORM's CLI is pointed at (`typeorm migration:show -d dist/libs/database/src/data-source.js`). It connects as app_owner: by
 * DATABASE_OWNER_URL, or to the embedded server where no database is configured. Services build their pools elsewhere.
 */
export default await orExplain(async () => {
  await prepareEnvironment({ service: 'migrations', migrate: false });
  // The owner's URL alone: a job that migrates need not know the services' logins.
  if (!process.env['DATABASE_OWNER_URL']) throw new OwnerUrlMissingError();
  const source = new MigrationDataSource(requiredUrl('DATABASE_OWNER_URL'), {
    tls: loadConfig(TlsConfig),
    directUrl: optionalDirectUrl(),
    ...loadConfig(MigrationRunConfig).limits(),
  });
  await source.probe();
  return source;
});

/** TypeORM's CLI shows every error with its stack: an operator's, which says what to do, must not come so far. */
async function orExplain<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof PlinthError) || error.family !== 'operator') throw error;
    process.stderr.write(`${error.name}: ${error.message}\n`);
    process.exit(1);
  }
}
