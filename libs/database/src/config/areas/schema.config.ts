import { IsInt, Max, Min } from 'class-validator';
import { parseLoginUrl } from '../connection-url.js';
import { ConfigArea, Env } from '../registry.js';

const loginUrl = (text: string): string => (parseLoginUrl(text), text.trim());

/** What the commands that compare and repair the schema need. No service reads it. */
@ConfigArea('schema', { title: 'Schema: comparison and repair' })
export class SchemaConfig {
  @Env('DATABASE_SCRATCH_URL', {
    description:
      'A login that may create databases on the same server: the expected schema is made in one, and a repair is rehearsed in one. Without it the committed snapshot is compared with, and nothing is repaired. The embedded server needs none.',
    example: 'postgres://scratch:change-me@localhost:5432/postgres',
    optional: true,
    parse: loginUrl,
  })
  readonly scratchUrl?: string;

  @Env('DATABASE_ADMIN_URL', {
    description: 'An administrator of the server, for repairs of roles, settings and owners, which app_owner cannot make. Give it to that one command only.',
    example: 'postgres://postgres:change-me@localhost:5432/postgres',
    optional: true,
    parse: loginUrl,
  })
  readonly adminUrl?: string;

  @Env('SCHEMA_BASELINE', { description: 'The file of accepted drift. Relative to the folder of the project.' })
  readonly baseline: string = 'schema-baseline.json';

  @Env('SCHEMA_LOCK_TIMEOUT_MS', { description: 'How long one try of a repair waits for a lock before it lets others pass and tries again.', unit: 'ms' })
  @IsInt()
  @Min(10)
  @Max(60_000)
  readonly lockTimeoutMs: number = 2_000;

  @Env('SCHEMA_LOCK_ATTEMPTS', { description: 'How often a repair tries for a lock before it leaves that step.', unit: 'tries' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly attempts: number = 10;
}
