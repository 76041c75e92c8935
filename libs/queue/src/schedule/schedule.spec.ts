import { createLogger, type Sql } from '#database';
import { withAdmin } from '#database/testing';
import { defineSystemJob } from '../catalogue/define-job.js';
import { createQueueFixture, until, type QueueFixture } from '../testing/queue-fixture.js';
import { defineCatalogue } from '../catalogue/catalogue.js';
import { latestTick, nextTick } from './ticks.js';
import { Scheduler } from './scheduler.js';

const everySecond = defineSystemJob({ kind: 'system.tick', schedule: { cron: '* * * * * *', timeZone: 'UTC' } });

let queue: QueueFixture;

beforeAll(async () => {
  queue = await createQueueFixture();
});
afterAll(() => queue.drop());

const countJobs = async (): Promise<number> =>
  withAdmin(queue.test.urls.admin, async (admin) => (await admin.query<{ n: number }>('select count(*)::int as n from app.system_job')).rows[0]?.n ?? 0);

it('runs once per tick with two workers', async () => {
  const ticks: string[] = [];
  const input = {
    catalogue: defineCatalogue(everySecond),
    handlers: {
      'system.tick': { handle: ({ job }: { job: { createdAt: Date } }) => Promise.resolve(void ticks.push(job.createdAt.toISOString().slice(0, 19))) },
    },
  };
  const workers = [await queue.worker(input), await queue.worker(input)];
  await until(() => ticks.length >= 3);
  await Promise.all(workers.map((worker) => worker.drain()));
  expect(new Set(ticks).size).toBe(ticks.length);
});

it('adds one job for all ticks that were missed, and one alone when many look at once', async () => {
  await queue.asAdmin(`delete from app.system_job; update app.job_schedule set last_run_at = now() - interval '1 hour'`);
  const logger = createLogger('spec');
  // Registering answers an hour ago to each of them: all see the same tick at the same moment.
  const schedulers = Array.from({ length: 5 }, () => new Scheduler(queue.database.queue, [everySecond], logger));
  for (const scheduler of schedulers) scheduler.start();
  await until(async () => (await countJobs()) > 0);
  for (const scheduler of schedulers) scheduler.stop();
  expect(await countJobs()).toBe(1);
});

it('tries again where the schedules cannot be looked at', async () => {
  let calls = 0;
  const broken: Sql = {
    query: () => Promise.reject(new Error(`away ${++calls}`)),
    execute: () => Promise.reject(new Error('away')),
  };
  const logger = createLogger('spec');
  logger.level = 'silent';
  const scheduler = new Scheduler(broken, [everySecond], logger);
  scheduler.start();
  await until(() => calls >= 2);
  scheduler.stop();
});

describe('ticks', () => {
  const daily = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };
  const at = (text: string): Date => new Date(text);

  it('are in the time zone of the schedule, over a change of the clock too', () => {
    expect(nextTick(daily, at('2026-01-10T00:00:00Z'))).toEqual(at('2026-01-10T01:30:00Z'));
    expect(nextTick(daily, at('2026-07-10T00:00:00Z'))).toEqual(at('2026-07-10T00:30:00Z'));
    expect(nextTick(daily, at('2026-10-25T02:00:00Z'))).toEqual(at('2026-10-26T01:30:00Z'));
  });

  it('answer the latest one only, after the last and up to now', () => {
    expect(latestTick(daily, at('2026-01-07T00:00:00Z'), at('2026-01-10T05:00:00Z'))).toEqual(at('2026-01-10T01:30:00Z'));
    expect(latestTick(daily, at('2026-01-10T01:30:00Z'), at('2026-01-10T05:00:00Z'))).toBeNull();
    expect(latestTick(daily, at('2026-01-09T01:30:00Z'), at('2026-01-10T01:30:00Z'))).toEqual(at('2026-01-10T01:30:00Z'));
  });
});
