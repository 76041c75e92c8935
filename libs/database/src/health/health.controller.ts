import { Controller, Get, Header, Headers, HttpStatus, Inject, Res } from '@nestjs/common';
import type { HealthCheckStatus } from '@nestjs/terminus';
import { carriesToken } from './bearer.js';
import { isReady, publicPart, type HealthReport, type PublicHealthReport } from './health-report.js';
import { HealthReporter } from './health-reporter.js';

/** The bearer that opens the full report. */
export const HEALTH_TOKEN = Symbol('HEALTH_TOKEN');

/** As much of a Fastify reply or an Express response as is needed here. */
interface Reply {
  status(code: number): unknown;
}

/** The same three answers for every service. 503 while it is not ready. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthReporter) private readonly reporter: HealthReporter,
    @Inject(HEALTH_TOKEN) private readonly token: string,
  ) {}

  /** Everything for whoever carries HEALTH_TOKEN; status, database availability and version for all others. */
  @Get()
  @Header('Cache-Control', 'no-store')
  async health(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<HealthReport | PublicHealthReport> {
    const report = await this.reporter.fullReport();
    setStatus(reply, isReady(report.status));
    return carriesToken(authorization, this.token) ? report : publicPart(report);
  }

  /** For the supervisor of the process. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(): { status: 'ok' } {
    return this.reporter.liveness();
  }

  /** For load balancers. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: Reply): Promise<{ status: HealthCheckStatus }> {
    const { ready, status } = await this.reporter.readiness();
    setStatus(reply, ready);
    return { status };
  }
}

function setStatus(reply: Reply, ready: boolean): void {
  reply.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
}
