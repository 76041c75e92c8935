import { IsIn, Matches } from 'class-validator';
import { ENVIRONMENT_KINDS } from '../environment.js';
import { ConfigArea, Env } from '../registry.js';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What every process of the project reads. */
@ConfigArea('runtime', { title: 'Process' })
export class RuntimeConfig {
  @Env('NODE_ENV', {
    description: `One of ${ENVIRONMENT_KINDS.join(', ')}. Without it, or with any other value, the rules of production hold, unless the embedded PostgreSQL is used.`,
    example: 'production',
    optional: true,
  })
  readonly nodeEnvironment?: string;

  @Env('LOG_LEVEL', { description: 'The least severe lines that are logged.' })
  @IsIn(LOG_LEVELS)
  readonly logLevel: LogLevel = 'info';

  @Env('PLINTH_COMMIT', {
    description: 'The commit that was built, for the health report. Without it the checkout is asked once at start.',
    example: '0123456789abcdef0123456789abcdef01234567',
    optional: true,
  })
  @Matches(/^[0-9a-f]{7,64}$/)
  readonly commit?: string;
}
