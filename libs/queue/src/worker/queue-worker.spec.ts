import { currentContext } from '#database';
import { SpanRecorder, withAdmin } from '#database/testing';
import { defineCatalogue } from '../catalogue/catalogue.js';
import { defineJob, defineSystemJob, type JobDefinition } from '../catalogue/define-job.js';
import type { JobWork } from '../catalogue/handlers.js';
import { number } from '../catalogue/payload.js';
import { enqueue, enqueueMany, type EnqueueOptions } from '../enqueue/enqueue.js';
import { JobTimeoutError, LeaseLostError, MissingHandlerError, UnrecoverableJobError, WorkerDrainingError } from '../errors.js';
import { hold } from '../testing/jobs.js';
import { createQueueFixture, gate, until, type QueueFixture } from '../testing/queue-fixture.js';
import { createQueueWorker } from './queue-worker.js';

const add = defineJob({ kind: 'add', payload: { n: number }, maxAttempts: 2, backoff: { baseMs: 1, maxMs: 1 } });
const NEVER_POLLS = { pollIntervalMs: 600_000 };

let queue: QueueFixture;
let orgId: string;

beforeAll(async () => {
  queue = await createQueueFixture();
  orgId = await queue.organization();
});
beforeEach(() => queue.clear());
afterAll(() => queue.drop());

const put = async <P extends object>(job: JobDefinition<string, P>, payload: P, options: EnqueueOptions = {}): Promise<string> =>
  (await queue.database.tenant(orgId).transaction((tx) => enqueue(tx, job, payload, options))).id;
const addWith = (
  handle: (work: JobWork<{ n: number }>) => Promise<void>,
): { catalogue: ReturnType<typeof defineCatalogue<[typeof add]>>; handlers: { add: { handle: typeof handle } } } => ({
  catalogue: defineCatalogue(add),
  handlers: { add: { handle } },
});
/** Runs a handler that waits for its signal, and answers what it was aborted with. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));

it('runs a job as its organization and removes it', async () => {
  const seen = gate<object>();
  const worker = await queue.worker({
    ...addWith(async ({ payload, db, job }) => {
      const rows = await db.query('select app.current_actor_type() as actor, app.current_org_id() as org');
      seen.open({ payload, org: db.orgId, rows, attempt: job.attempt, principal: currentContext()?.principal });
    }),
    options: NEVER_POLLS,
  });
  await put(add, { n: 1 });
  expect(await seen.promise).toEqual({
    payload: { n: 1 },
    org: orgId,
    rows: [{ actor: 'WORKER', org: orgId }],
    attempt: 1,
    principal: { userId: null, orgId, actorType: 'WORKER', actorId: null, role: null, scopes: [] },
  });
  await until(async () => (await queue.jobs()).length === 0);
  expect(worker.stats).toMatchObject({ claimed: 1, done: 1, lost: 0 });
  await worker.drain();
});

it('tries a failed job again, then keeps it as dead with its error', async () => {
  const worker = await queue.worker(addWith(() => Promise.reject(new TypeError('no \0 luck'))));
  await put(add, { n: 1 });
  await until(() => worker.stats.dead === 1);
  expect(worker.stats).toMatchObject({ claimed: 2, retried: 1, dead: 1 });
  expect(await queue.jobs()).toEqual([expect.objectContaining({ state: 'DEAD', attempts: 2, locked_by: null, last_error: 'TypeError: no  luck' })]);
  await worker.drain();
});

it('keeps a job as dead at once when its handler knows that trying again is useless', async () => {
  class GoneError extends UnrecoverableJobError {
    override readonly code = 'GONE';
  }
  const worker = await queue.worker(addWith(() => Promise.reject(new GoneError('It is gone.'))));
  await put(add, { n: 1 });
  await until(() => worker.stats.dead === 1);
  expect(await queue.jobs()).toEqual([expect.objectContaining({ state: 'DEAD', attempts: 1, last_error: 'GoneError: It is gone.' })]);
  await worker.drain();
});

it('keeps a payload that does not fit as dead at once, and runs the next', async () => {
  const ran: number[] = [];
  await put(add, { n: 1 });
  await queue.asAdmin(`update app.job set payload = '{"n": "one"}'`);
  await put(add, { n: 2 });
  const worker = await queue.worker(addWith(({ payload }) => Promise.resolve(void ran.push(payload.n))));
  await until(() => worker.stats.dead === 1 && worker.stats.done === 1);
  expect(ran).toEqual([2]);
  expect((await queue.jobs())[0]).toMatchObject({
    state: 'DEAD',
    attempts: 1,
    last_error: expect.stringContaining('"n" in the payload must be a finite number') as string,
  });
  await worker.drain();
});

it('aborts a run that takes too long, and counts it as failed', async () => {
  const slow = defineJob({ kind: 'slow', payload: {}, timeoutMs: 50, maxAttempts: 1 });
  const reason = gate<unknown>();
  const worker = await queue.worker({
    catalogue: defineCatalogue(slow),
    handlers: {
      slow: {
        handle: ({ signal }) =>
          untilAborted(signal).catch((error: unknown) => {
            reason.open(error);
            throw error;
          }),
      },
    },
  });
  await put(slow, {});
  expect(await reason.promise).toBeInstanceOf(JobTimeoutError);
  await until(() => worker.stats.dead === 1);
  expect((await queue.jobs())[0]?.last_error).toContain('took longer than its 50 ms');
  await worker.drain();
});

it('does not wait for ever for a handler that ignores its signal', async () => {
  const stuck = defineJob({ kind: 'stuck', payload: {}, timeoutMs: 20, maxAttempts: 1 });
  const worker = await queue.worker({
    catalogue: defineCatalogue(stuck),
    handlers: { stuck: { handle: () => new Promise(() => undefined) } },
    options: { abortGraceMs: 20 },
  });
  await put(stuck, {});
  await until(() => worker.stats.dead === 1);
  expect(worker.load.running).toBe(0);
  await worker.drain();
});

it('changes nothing with an old fence, tells the run, and reports it', async () => {
  const began = gate();
  const reason = gate<unknown>();
  const id = await put(hold, {});
  const worker = await queue.worker({
    catalogue: defineCatalogue(hold),
    handlers: {
      hold: {
        handle: ({ signal }) => {
          began.open();
          return untilAborted(signal).catch((error: unknown) => reason.open(error));
        },
      },
    },
    options: { leaseMs: 1_000, heartbeatMs: 100 },
  });
  await began.promise;
  await queue.asAdmin(`update app.job set fence = fence + 1, locked_by = 'another', lease_until = now() + interval '1 hour' where id = $1`, [id]);
  expect(await reason.promise).toBeInstanceOf(LeaseLostError);
  await until(() => worker.stats.lost === 1);
  expect(await queue.jobs()).toEqual([expect.objectContaining({ id, state: 'RUNNING', locked_by: 'another', attempts: 1 })]);
  await worker.drain();
});

it('reports a run that ended before it could know that its lease had passed on', async () => {
  const began = gate();
  const mayEnd = gate();
  await put(hold, {});
  const worker = await queue.worker({
    catalogue: defineCatalogue(hold),
    handlers: {
      hold: {
        handle: () => {
          began.open();
          return mayEnd.promise;
        },
      },
    },
    options: NEVER_POLLS,
  });
  await began.promise;
  await queue.asAdmin(`update app.job set fence = fence + 1, locked_by = 'another'`);
  mayEnd.open();
  await until(() => worker.stats.lost === 1);
  expect(worker.stats.done).toBe(0);
  expect(await queue.jobs()).toEqual([expect.objectContaining({ state: 'RUNNING', locked_by: 'another' })]);
  await worker.drain();
});

it('keeps a job while its own transaction depends on the lease, and refuses a transaction whose lease passed on', async () => {
  const outcome = gate<unknown>();
  await put(hold, {});
  const worker = await queue.worker({
    catalogue: defineCatalogue(hold),
    handlers: {
      hold: {
        handle: async ({ db, job }) => {
          await db.transaction((tx) => job.assertHeld(tx));
          await queue.asAdmin('update app.job set fence = fence + 1');
          outcome.open(await db.transaction((tx) => job.assertHeld(tx)).catch((error: unknown) => error));
        },
      },
    },
  });
  expect(await outcome.promise).toBeInstanceOf(LeaseLostError);
  await worker.drain();
});

it('tells what runs when draining begins, long before it aborts it; what stops then is given back at once, uncounted', async () => {
  const began = gate();
  await put(hold, {});
  const worker = await queue.worker({
    catalogue: defineCatalogue(hold),
    handlers: {
      hold: {
        handle: ({ signal, draining }) => {
          began.open();
          return new Promise((_resolve, reject) =>
            draining.addEventListener('abort', () => reject(signal.aborted ? new Error('It was aborted at once.') : (draining.reason as Error)), {
              once: true,
            }),
          );
        },
      },
    },
    options: { drainTimeoutMs: 60_000 },
  });
  await began.promise;
  expect(await worker.drain()).toBe(true);
  expect((await queue.jobs()).map(({ state, attempts, last_error }) => [state, attempts, last_error])).toEqual([['READY', 0, null]]);
});

it('gives back at once what it does not finish while draining, uncounted, and ends what it does', async () => {
  const began = gate();
  const reasons: unknown[] = [];
  await put(hold, {});
  await put(hold, {});
  const worker = await queue.worker({
    catalogue: defineCatalogue(hold),
    handlers: {
      hold: {
        handle: ({ signal }) => {
          began.open();
          return untilAborted(signal).catch((error: unknown) => {
            reasons.push(error);
            throw error;
          });
        },
      },
    },
    options: { concurrency: 1, drainTimeoutMs: 20 },
  });
  await began.promise;
  expect(await worker.drain()).toBe(true);
  expect(reasons).toEqual([expect.any(WorkerDrainingError)]);
  expect((await queue.jobs()).map(({ state, attempts, locked_by }) => [state, attempts, locked_by])).toEqual([
    ['READY', 0, null],
    ['READY', 0, null],
  ]);

  let done = 0;
  const other = await queue.worker({
    catalogue: defineCatalogue(hold),
    handlers: { hold: { handle: () => Promise.resolve(void done++) } },
    options: NEVER_POLLS,
  });
  await until(() => done === 2);
  expect(await other.drain()).toBe(true);
  expect(await queue.jobs()).toEqual([]);
});

it('lets running jobs finish while draining', async () => {
  const began = gate();
  const mayEnd = gate();
  await put(hold, {});
  const worker = await queue.worker({
    catalogue: defineCatalogue(hold),
    handlers: {
      hold: {
        handle: () => {
          began.open();
          return mayEnd.promise;
        },
      },
    },
  });
  await began.promise;
  const drained = worker.drain();
  mayEnd.open();
  expect(await drained).toBe(true);
  expect(worker.stats).toMatchObject({ done: 1, released: 0 });
  expect(await queue.jobs()).toEqual([]);
});

it('leaves room for others beside long jobs of one organization', async () => {
  const ended = gate();
  const other = await queue.organization();
  const ranForOther = gate();
  await queue.database.tenant(orgId).transaction((tx) =>
    enqueueMany(
      tx,
      hold,
      Array.from({ length: 20 }, () => ({ payload: {} })),
    ),
  );
  const worker = await queue.worker({
    catalogue: defineCatalogue(hold),
    handlers: { hold: { handle: ({ db }) => (db.orgId === other ? Promise.resolve(ranForOther.open()) : ended.promise) } },
    options: { concurrency: 4, ...NEVER_POLLS },
  });
  await until(() => worker.load.running === 3);
  await queue.database.tenant(other).transaction((tx) => enqueue(tx, hold, {}));
  await ranForOther.promise;
  ended.open();
  await until(async () => (await queue.jobs()).length === 0);
  await worker.drain();
});

it('comes back by itself after PostgreSQL was away, and loses nothing', async () => {
  const ran = new Set<number>();
  const worker = await queue.worker(addWith(({ payload }) => Promise.resolve(void ran.add(payload.n))));
  await put(add, { n: 0 });
  await until(() => ran.has(0));
  await withAdmin(queue.test.urls.admin, async (admin) => {
    await admin.query(`revoke connect on database ${queue.test.name} from app_queue`);
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'app_queue'`);
    await queue.database.tenant(orgId).transaction((tx) =>
      enqueueMany(
        tx,
        add,
        Array.from({ length: 50 }, (_, index) => ({ payload: { n: index + 1 } })),
      ),
    );
    await admin.query(`grant connect on database ${queue.test.name} to app_queue`);
  });
  await until(() => ran.size === 51);
  await put(add, { n: 100 });
  await until(() => ran.has(100));
  await until(async () => (await queue.jobs()).length === 0);
  await worker.drain();
});

it('does not start without a handler for each kind, even where the compiler was not asked', () => {
  const handlers = JSON.parse('{}') as { add: { handle(): Promise<void> } };
  expect(() => createQueueWorker({ database: queue.database, catalogue: defineCatalogue(add), handlers })).toThrow(MissingHandlerError);
});

it('runs system jobs without an organization', async () => {
  const sweep = defineSystemJob({ kind: 'system.sweep', maxAttempts: 1 });
  const seen = gate<unknown>();
  await queue.asAdmin(`insert into app.system_job (id, kind) values (gen_random_uuid(), 'system.sweep')`);
  const worker = await queue.worker({
    catalogue: defineCatalogue(sweep),
    handlers: {
      'system.sweep': {
        handle: async ({ unrestricted, tenant }) => {
          const rows = await unrestricted.run({ reason: 'spec', actor: 'system.sweep' }, (sql) =>
            sql.query<{ id: string }>('select id from app.organization where id = :orgId', { orgId }),
          );
          for (const { id } of rows) await tenant(id).transaction((tx) => enqueue(tx, add, { n: 1 }));
          seen.open(rows);
        },
      },
    },
  });
  expect(await seen.promise).toEqual([{ id: orgId }]);
  await until(() => worker.stats.done === 1);
  expect(await queue.jobs()).toEqual([expect.objectContaining({ org_id: orgId, kind: 'add' })]);
  await worker.drain();
});

it('a job is a span of its own, above its statements', async () => {
  const recorder = new SpanRecorder();
  recorder.install();
  const worker = await queue.worker({
    ...addWith(async ({ db }) => {
      await db.query('select 1 as traced');
    }),
    options: NEVER_POLLS,
  });
  await put(add, { n: 1 });
  await until(async () => (await queue.jobs()).length === 0);
  await worker.drain();
  recorder.uninstall();
  const statement = recorder.spans.find(({ attributes }) => String(attributes['db.query.text']).includes('as traced'));
  expect(statement?.parent).toMatchObject({ name: 'job add', ended: true, attributes: { 'plinth.job.attempt': 1 } });
});
