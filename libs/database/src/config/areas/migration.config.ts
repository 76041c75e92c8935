import { parseBoolean } from '../parsers.js';
import { ConfigArea, Env } from '../registry.js';

/** Whether a service may change the schema by itself when it starts. */
@ConfigArea<MigrationConfig>('migration', {
  title: 'Migrations',
  *check(config, { env }) {
    if (config.autoMigration && !env['DATABASE_OWNER_URL']) {
      yield {
        variable: 'DATABASE_OWNER_URL',
        value: null,
        allowed:
          'must be set while ENABLE_AUTO_MIGRATION is on: migrations run as app_owner. Set it, or turn ENABLE_AUTO_MIGRATION off and run npm run migration:run.',
      };
    }
  },
})
export class MigrationConfig {
  @Env('ENABLE_AUTO_MIGRATION', {
    description: 'Run pending migrations when a service starts. Needs DATABASE_OWNER_URL. Off in production unless set.',
    defaults: { development: 'true', test: 'false', production: 'false' },
    parse: parseBoolean,
  })
  readonly autoMigration: boolean;

  @Env('AUTO_SCHEMA_DESTRUCTIVE', {
    description: 'Let schema repair drop columns and tables. Off unless set, also in development.',
  })
  readonly destructive: boolean = false;
}
