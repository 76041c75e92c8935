import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import { DatabaseConfig } from '../config/areas/database.config.js';
import { HealthConfig } from '../config/areas/health.config.js';
import { QueueConfig } from '../config/areas/queue.config.js';
import { TlsConfig } from '../config/areas/tls.config.js';
import { connectionOptions } from '../config/connection-url.js';
import { loadConfig } from '../config/load-config.js';
import { readBuildInfo } from './build-info.js';
import { migrationsCheck } from './checks/migrations.check.js';
import { queueCheck, type QueueProbe } from './checks/queue.check.js';
import { schemaCheck } from './checks/schema.check.js';
import { parseGates } from './fingerprint/gates.js';
import { HealthConnection } from './health-connection.js';
import { HealthReporter } from './health-reporter.js';
import { HEALTH_TOKEN, HealthController } from './health.controller.js';

export interface HealthModuleOptions {
  /** Which process answers: `api`, `worker`. */
  readonly service: string;
  /** Reads how far the queue is behind. Without it the report says nothing of the queue. */
  readonly queue?: QueueProbe;
  /** Put on the controller: whatever makes a route public in this application. */
  readonly decorators?: readonly ClassDecorator[];
}

/** `/health`, `/health/live` and `/health/ready`, the same in every service. The application's prefix must leave `health` out. */
@Module({})
export class HealthModule {
  /** @throws ConfigurationError while the application is being made */
  static forRoot({ service, queue, decorators = [] }: HealthModuleOptions): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [decorated(decorators)],
      providers: [
        { provide: HEALTH_TOKEN, useFactory: () => loadConfig(HealthConfig).token },
        {
          provide: HealthReporter,
          inject: [HealthCheckService, HealthIndicatorService],
          useFactory: (terminus: HealthCheckService, indicators: HealthIndicatorService) => createReporter(service, queue, terminus, indicators),
        },
      ],
      exports: [HealthReporter],
    };
  }
}

/** A class of its own for each application: a decorator would otherwise change the controller of all. */
function decorated(decorators: readonly ClassDecorator[]): Type<HealthController> {
  class ServiceHealthController extends HealthController {}
  for (const decorate of decorators) decorate(ServiceHealthController);
  return ServiceHealthController;
}

async function createReporter(
  service: string,
  queue: QueueProbe | undefined,
  terminus: HealthCheckService,
  indicators: HealthIndicatorService,
): Promise<HealthReporter> {
  const { checkTimeoutMs, fingerprintTtlMs, readinessGates } = loadConfig(HealthConfig);
  const options = connectionOptions(loadConfig(DatabaseConfig).url, loadConfig(TlsConfig), {
    application_name: `plinth-${service}-health`,
    connectionTimeoutMillis: checkTimeoutMs,
  });
  const schema = schemaCheck({ ttlMs: fingerprintTtlMs, gates: parseGates(readinessGates) });
  const checks = [migrationsCheck, schema, ...(queue === undefined ? [] : [queueCheck(queue, loadConfig(QueueConfig).maxLagSeconds)])];
  const connection = new HealthConnection(options);
  return new HealthReporter({ service, build: await readBuildInfo(), connection, checks, timeoutMs: checkTimeoutMs }, terminus, indicators);
}
