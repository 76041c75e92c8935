import 'reflect-metadata';
import { join } from 'node:path';
import { createLogger, loadConfig, PlinthError, QueueConfig } from '#database';
import { embeddedHome, prepareEnvironment, type PreparedEnvironment } from '#database/embedded';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createWorker, startWorker } from './create-worker.js';

/** What closing may take after the jobs are drained, in milliseconds: connections, the port, the lease on the embedded server. */
const CLOSING_MS = 15_000;

const logger = createLogger('worker');

async function start(): Promise<void> {
  const environment = await prepareEnvironment({ service: 'worker' });
  process.env['GIT_CACHE_DIRECTORY'] ||= join(embeddedHome().folder, 'git');
  try {
    const app = await createWorker();
    stopOnSignals(app, environment);
    const url = await startWorker(app);
    logger.info({ url, health: `${url}/health`, embedded: environment.embedded }, `Worker ready on ${url}`);
  } catch (error) {
    await environment.close();
    throw error;
  }
}

/** The first signal drains: no new jobs, running ones end or are given back. The second one, or too long a wait, ends the process. */
function stopOnSignals(app: NestFastifyApplication, environment: PreparedEnvironment): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    const bound = loadConfig(QueueConfig).drainTimeoutMs + CLOSING_MS;
    logger.info({ signal, boundMs: bound }, 'Draining');
    setTimeout(() => {
      logger.error({ boundMs: bound }, 'Draining took too long; what is left runs again elsewhere when its lease ends');
      exit(1);
    }, bound).unref();
    close(app, environment).then(() => exit(0), (error: unknown) => {
      logger.error({ err: error }, 'The worker did not close cleanly');
      exit(1);
    });
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

async function close(app: NestFastifyApplication, environment: PreparedEnvironment): Promise<void> {
  await app.close();
  await environment.close();
  logger.info('Stopped');
}

function exit(code: number): void {
  logger.flush(() => process.exit(code));
}

start().catch((error: unknown) => {
  // An operator's error says what to do; its stack would only hide that.
  if (error instanceof PlinthError && error.family === 'operator') logger.fatal({ code: error.code }, error.message);
  else logger.fatal({ err: error }, 'The worker could not start');
  exit(1);
});
