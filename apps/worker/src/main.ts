import 'reflect-metadata';
import { join } from 'node:path';
import { loadConfig, QueueConfig, WorkerConfig } from '#database';
import { embeddedHome, prepareEnvironment } from '#database/embedded';
import { answerMeanwhile, listen, runService, type ListenOptions } from '#service';
import { createWorker } from './create-worker.js';

/** What closing may take after the jobs are drained, in milliseconds: connections and the port. */
const CLOSING_MS = 15_000;

await runService('worker', async ({ logger, onStop }) => {
  const environment = await prepareEnvironment({ service: 'worker', meanwhile: () => answerMeanwhile(address()) });
  onStop(() => environment.close());
  process.env['GIT_CACHE_DIRECTORY'] ||= join(embeddedHome().folder, 'git');
  const app = await createWorker();
  // Closing drains: no new jobs, running ones end or are given back. What is cut off runs again elsewhere when its lease ends.
  onStop(() => app.close(), loadConfig(QueueConfig).drainTimeoutMs + CLOSING_MS);
  const url = await listen(app, address());
  logger.info({ url, health: `${url}/health`, embedded: environment.embedded }, `Worker ready on ${url}`);
});

function address(): ListenOptions {
  const { host, port } = loadConfig(WorkerConfig);
  return { host, port, variable: 'WORKER_PORT' };
}
