import { IsOptional, MinLength } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** Who may read the numbers for Prometheus. */
@ConfigArea('metrics', { title: 'Metrics' })
export class MetricsConfig {
  @Env('METRICS_TOKEN', {
    description:
      'Whoever sends it as "Authorization: Bearer …" may read /metrics. Without it only callers on this machine may, over a direct connection. At least 24 characters: openssl rand -hex 24.',
    optional: true,
    secret: true,
  })
  @IsOptional()
  @MinLength(24)
  readonly token?: string;
}
