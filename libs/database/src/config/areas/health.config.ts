import { IsInt, Max, Min, MinLength } from 'class-validator';
import { DEFAULT_GATES, parseGates } from '../../health/fingerprint/gates.js';
import { ConfigArea, Env } from '../registry.js';

/** Published, hence refused in production. */
const DEVELOPMENT_TOKEN = 'development-health-token-not-secret';

const gates = (text: string): string => (parseGates(text), text.trim());

/** Who may read the whole health report, how long a check may take, and which drift of the schema keeps traffic away. */
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

  @Env('SCHEMA_FINGERPRINT_TTL_MS', {
    description: 'How long the comparison of the catalogue with the committed fingerprints holds before PostgreSQL is asked again. 0 asks at every look.',
    unit: 'ms',
  })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  readonly fingerprintTtlMs: number = 30_000;

  @Env('SCHEMA_READINESS_GATES', {
    description:
      'Drift of these objects makes the service unready (503); any other drift shows as degraded (200). Names as schema:fingerprint prints them, with * for any text and, behind =, missing, extra or differs: policy:*, table:*=missing, grants:run. The word none: no drift does.',
    parse: gates,
  })
  readonly readinessGates: string = DEFAULT_GATES;
}
