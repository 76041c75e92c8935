import { ServiceUnavailableException, type OnApplicationShutdown } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckStatus, type HealthIndicatorResult } from '@nestjs/terminus';
import { createLogger } from '../logging.js';
import type { BuildInfo } from './build-info.js';
import type { Finding, HealthCheck } from './finding.js';
import type { HealthConnection } from './health-connection.js';
import { isReady, publicPart, type HealthReport, type PublicHealthReport } from './health-report.js';
import { lookAround, type Findings } from './look-around.js';

export interface HealthReporterOptions {
  readonly service: string;
  readonly build: BuildInfo;
  readonly connection: HealthConnection;
  /** Beside the database itself. */
  readonly checks: readonly HealthCheck[];
  /** For all checks of one look together. */
  readonly timeoutMs: number;
}

const log = createLogger('health');

/** The health of one process. Callers that ask while a look is under way share its answer, so that a crowd costs one connection. */
export class HealthReporter implements OnApplicationShutdown {
  #running: Promise<HealthReport> | undefined;
  #lastStatus: HealthCheckStatus | undefined;

  constructor(
    private readonly options: HealthReporterOptions,
    private readonly terminus: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** Everything. For whoever carries HEALTH_TOKEN. */
  async fullReport(): Promise<HealthReport> {
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Status, database availability and version. For everybody. */
  async publicReport(): Promise<PublicHealthReport> {
    return publicPart(await this.fullReport());
  }

  /** Whether a load balancer may send traffic here. */
  async readiness(): Promise<{ ready: boolean; status: HealthCheckStatus }> {
    const { status } = await this.fullReport();
    return { ready: isReady(status), status };
  }

  /** That this process answers at all. Never touches the database: a restart would not mend that. */
  liveness(): { status: 'ok' } {
    return { status: 'ok' };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.options.connection.close();
  }

  async #look(): Promise<HealthReport> {
    const { connection, checks, timeoutMs, service, build } = this.options;
    const findings = await lookAround(connection, checks, timeoutMs);
    const status = await this.#judge(findings);
    if (status !== this.#lastStatus) {
      const level = isReady(status) ? 'info' : 'error';
      log[level]({ service, status, was: this.#lastStatus, checks: findings }, `health is "${status}"`);
      this.#lastStatus = status;
    }
    return { status, service, ...build, checks: findings };
  }

  /** Terminus adds the findings up, and knows when the application is shutting down. */
  async #judge(findings: Findings): Promise<HealthCheckStatus> {
    try {
      const { status } = await this.terminus.check(
        Object.entries(findings).map(
          ([name, finding]) =>
            () =>
              this.#indicate(name, finding),
        ),
      );
      return status;
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const response = error.getResponse();
      return typeof response === 'object' && 'status' in response && response.status === 'shutting_down' ? 'shutting_down' : 'error';
    }
  }

  #indicate(name: string, { status, reason, gates }: Finding): HealthIndicatorResult {
    const indicator = this.indicators.check(name);
    if (status === 'up') return indicator.up();
    const keepsAway = gates ?? this.options.checks.find((check) => check.name === name)?.gatesReadiness ?? true;
    return keepsAway ? indicator.down(reason) : indicator.degraded(reason);
  }
}
