import { loadConfig, PlinthError, WorkerConfig } from '#database';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { WorkerModule } from './app.module.js';
import { nestLogger } from './nest-logger.js';

/** The worker's port for health checks cannot be had. */
export class WorkerPortUnavailableError extends PlinthError {
  readonly code = 'WORKER_PORT_UNAVAILABLE';
  readonly family = 'operator';
  constructor(host: string, port: number, cause: unknown) {
    super(`The worker cannot listen on port ${port} of "${host}": another program has it, or it is not allowed. Set WORKER_PORT to a free port.`, { cause });
  }
}

const PORT_ERRORS = new Set<unknown>(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND']);

/** The worker as main and tests use it: complete, not yet claiming jobs. @throws ConfigurationError, and what the boot refusals throw */
export async function createWorker(): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: 1024, requestTimeout: 10_000, forceCloseConnections: true });
  return NestFactory.create<NestFastifyApplication>(WorkerModule.forRoot(), adapter, { abortOnError: false, logger: nestLogger() });
}

/** Answers health checks and begins to claim jobs. @returns the worker's URL on this machine. @throws WorkerPortUnavailableError */
export async function startWorker(app: NestFastifyApplication): Promise<string> {
  const { host, port } = loadConfig(WorkerConfig);
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    if (typeof error === 'object' && error !== null && 'code' in error && PORT_ERRORS.has(error.code)) throw new WorkerPortUnavailableError(host, port, error);
    throw error;
  }
  const { port: actual } = new URL(await app.getUrl());
  return `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${actual}`;
}
