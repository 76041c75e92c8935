import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestLogger, ServiceProblemFilter } from '#service';
import { WorkerModule } from './app.module.js';

/** The worker as main and tests use it: complete, not yet listening nor claiming jobs. @throws ConfigurationError, and what the boot refusals throw */
export async function createWorker(): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: 1024, requestTimeout: 10_000, forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(WorkerModule.forRoot(), adapter, {
    abortOnError: false,
    logger: new NestLogger(),
  });
  app.useGlobalFilters(new ServiceProblemFilter());
  return app;
}
