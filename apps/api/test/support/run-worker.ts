import { Injectable, Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigurationModule, DatabaseConfig, DatabaseModule, ModelConfig, QueueConfig, TlsConfig } from '#database';
import type { TestDatabase } from '#database/testing';
import { defineCatalogue, QueueModule, type JobHandler, type JobWork, type PayloadOf } from '#queue';
import { runAdvance, RunEngine, RunExecutionModule } from '#runs';

@Injectable()
class AdvanceRuns implements JobHandler<typeof runAdvance> {
  constructor(private readonly engine: RunEngine) {}

  async handle({ payload, ...work }: JobWork<PayloadOf<typeof runAdvance>>): Promise<void> {
    await this.engine.advance({ ...work, ...payload });
  }
}

/** What the worker's app has for runs: an app does not import another. */
@Module({})
class RunWorkerModule {
  static forRoot(): DynamicModule {
    return {
      module: RunWorkerModule,
      imports: [
        ConfigurationModule.forRoot({ areas: [ModelConfig, QueueConfig, DatabaseConfig, TlsConfig] }),
        DatabaseModule.forRoot({ pools: ['tenant', 'privileged', 'queue'], applicationName: 'plinth-run-worker' }),
        QueueModule.forRoot({ catalogue: defineCatalogue(runAdvance), handlers: { 'run.advance': AdvanceRuns }, imports: [RunExecutionModule] }),
      ],
    };
  }
}

/** A worker that carries out the runs of a test's database, beside the API that was started on it. */
export interface RunWorker {
  close(): Promise<void>;
}

/** Starts one. `modelUrl` is where its model is; without it, it is the offline one. */
export async function startRunWorker(database: TestDatabase, modelUrl = ''): Promise<RunWorker> {
  const added = {
    DATABASE_QUEUE_URL: database.urls.queue,
    QUEUE_POLL_INTERVAL_MS: '100',
    MODEL_BASE_URL: modelUrl,
    MODEL_DEFAULT: modelUrl === '' ? '' : 'test',
  };
  const before = Object.keys(added).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, added);
  try {
    const worker: INestApplicationContext = await NestFactory.createApplicationContext(RunWorkerModule.forRoot(), { abortOnError: false, logger: false });
    return worker;
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
