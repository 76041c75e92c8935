import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** What the worker tidies away every hour, beside what other areas give a retention. */
@ConfigArea('maintenance', { title: 'Maintenance' })
export class MaintenanceConfig {
  @Env('SESSION_RETENTION_DAYS', {
    description:
      'How long a refresh token is kept after it was made, at least; then it goes as soon as it has expired. Not less than REFRESH_TOKEN_TTL_SECONDS is of use.',
    unit: 'days',
  })
  @IsInt()
  @Min(1)
  @Max(3_650)
  readonly sessionRetentionDays: number = 30;
}
