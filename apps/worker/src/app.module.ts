import { RepositorySyncModule } from '#agents';
import {
  AuditConfig,
  ConfigurationModule,
  DatabaseConfig,
  DatabaseModule,
  EncryptionConfig,
  GitConfig,
  HealthConfig,
  HealthModule,
  MaintenanceConfig,
  MetricsConfig,
  ModelConfig,
  QueueConfig,
  RequestRecordsConfig,
  RunsConfig,
  RuntimeConfig,
  TlsConfig,
  WorkerConfig,
} from '#database';
import { QueueModule, queueProbe, readClassLag } from '#queue';
import { MetricsModule } from '#service';
import { RunExecutionModule, TaskExecutionModule } from '#runs';
import { Module, type DynamicModule } from '@nestjs/common';
import { catalogue, handlers } from './jobs/catalogue.js';

/** The worker's table of contents: health on its own port, and the queue with one handler for each kind of job in `jobs/`. */
@Module({})
export class WorkerModule {
  /** Made on demand and not at import, since the configuration is read here. @throws ConfigurationError */
  static forRoot(): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigurationModule.forRoot({
          areas: [
            RuntimeConfig,
            WorkerConfig,
            EncryptionConfig,
            HealthConfig,
            MetricsConfig,
            QueueConfig,
            GitConfig,
            ModelConfig,
            RunsConfig,
            AuditConfig,
            RequestRecordsConfig,
            MaintenanceConfig,
            DatabaseConfig,
            TlsConfig,
          ],
        }),
        HealthModule.forRoot({ service: 'worker', queue: queueProbe }),
        MetricsModule.forRoot({ queueLag: (database) => readClassLag(database.queue) }),
        QueueModule.forRoot({ catalogue, handlers, imports: [RepositorySyncModule, RunExecutionModule, TaskExecutionModule] }),
        DatabaseModule.forRoot({ pools: ['tenant', 'privileged', 'queue'], applicationName: 'plinth-worker' }),
      ],
    };
  }
}
