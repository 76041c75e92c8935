import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** How long a run of migrations waits for others. */
@ConfigArea('migration-run', { title: 'Migrations: waiting' })
export class MigrationRunConfig {
  @Env('MIGRATION_LOCK_TIMEOUT_MS', {
    description:
      'How long a statement of a migration may wait for a lock. Everybody who comes after it waits with it, so it gives up, is rolled back and tried again. ' +
      '0 waits for ever. An index that is built concurrently stops nobody and is not limited.',
    unit: 'ms',
  })
  @IsInt()
  @Min(0)
  @Max(600_000)
  readonly lockTimeoutMs: number = 5_000;

  @Env('MIGRATION_LOCK_TRIES', { description: 'How often a migration is tried that does not get its locks, with growing pauses in between.', unit: 'tries' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly lockTries: number = 10;

  @Env('MIGRATION_WAIT_MS', { description: 'How long a process waits for another one that migrates the same database.', unit: 'ms' })
  @IsInt()
  @Min(0)
  @Max(86_400_000)
  readonly waitMs: number = 600_000;

  /** As the runner takes them. */
  limits(): { lockTimeoutMs: number; lockTries: number; waitMs: number } {
    return { lockTimeoutMs: this.lockTimeoutMs, lockTries: this.lockTries, waitMs: this.waitMs };
  }
}
