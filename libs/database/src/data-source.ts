import { TlsConfig } from './config/areas/tls.config.js';
import { loadConfig } from './config/load-config.js';
import { optionalDirectUrl, requiredUrl } from './config/required-url.js';
import { prepareEnvironment } from './embedded/prepare-environment.js';
import { OwnerUrlMissingError } from './migrations/errors.js';
import { MigrationDataSource } from './migrations/migration-data-source.js';

/*
 * What TypeORM's CLI is pointed at (`typeorm migration:show -d dist/libs/database/src/data-source.js`). It connects as app_owner: by
 * DATABASE_OWNER_URL, or to the embedded server where no database is configured. Services build their pools elsewhere.
 */
await prepareEnvironment({ service: 'migrations', migrate: false });
// The owner's URL alone: a job that migrates need not know the services' logins.
if (!process.env['DATABASE_OWNER_URL']) throw new OwnerUrlMissingError();

export default new MigrationDataSource(requiredUrl('DATABASE_OWNER_URL'), { tls: loadConfig(TlsConfig), directUrl: optionalDirectUrl() });
