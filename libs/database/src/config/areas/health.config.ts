import { IsInt, Max, Min, MinLength } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** Published, hence refused in production. */
const DEVELOPMENT_TOKEN = 'development-health-token-not-secret';

/** Who may read the whole health report, and how long a check may take. */
@ConfigArea('health', { title: 'Health' })
export class HealthConfig {
  @Env('HEALTH_TOKEN', {
    description:
      'Whoever sends it as "Authorization: Bearer …" sees the whole health report; others see status, database availability and version. At least 24 characters: openssl rand -hex 24.',
    defaults: { development: DEVELOPMENT_TOKEN, test: DEVELOPMENT_TOKEN },
    secret: true,
  })
  @MinLength(24)
  readonly token: string;

  @Env('HEALTH_CHECK_TIMEOUT_MS', {
    description: 'How long each check may take before its answer is "unknown".',
    unit: 'ms',
  })
  @IsInt()
  @Min(50)
  @Max(10_000)
  readonly checkTimeoutMs: number = 1_500;
}
