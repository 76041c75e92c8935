import 'reflect-metadata';
import { createLogger, openDatabase } from '#database';
import { defineCatalogue } from '../catalogue/catalogue.js';
import { createQueueWorker } from '../worker/queue-worker.js';
import { hold } from './jobs.js';

/* A worker in a process of its own, for specs that kill it: prints a line when it begins a job, and never ends one. */
const urls = JSON.parse(process.env['LONE_WORKER_URLS'] ?? '{}') as { login: string; queue: string };
const logger = createLogger('lone-worker');
logger.level = 'silent';
const worker = createQueueWorker({
  database: await openDatabase({ urls }),
  catalogue: defineCatalogue(hold),
  handlers: {
    hold: {
      handle: ({ job }) => {
        process.stdout.write(`${job.id}\n`);
        return new Promise(() => undefined);
      },
    },
  },
  options: { leaseMs: Number(process.env['LONE_WORKER_LEASE_MS']) },
  logger,
});
await worker.start();
