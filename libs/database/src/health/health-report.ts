import type { HealthCheckStatus } from '@nestjs/terminus';
import type { BuildInfo } from './build-info.js';
import type { Outcome } from './finding.js';
import type { Findings } from './look-around.js';

/** What an operator with HEALTH_TOKEN sees. */
export interface HealthReport extends BuildInfo {
  readonly status: HealthCheckStatus;
  readonly service: string;
  readonly checks: Findings;
}

/** What everybody sees. */
export interface PublicHealthReport {
  readonly status: HealthCheckStatus;
  readonly database: Outcome;
  readonly version: string;
}

/** Whether traffic may come while health has this status. */
export function isReady(status: HealthCheckStatus): boolean {
  return status === 'ok' || status === 'degraded';
}

/** The part of a report that anybody may see. */
export function publicPart({ status, checks, version }: HealthReport): PublicHealthReport {
  return { status, database: checks['database']?.status ?? 'unknown', version };
}
