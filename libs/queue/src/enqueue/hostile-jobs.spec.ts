import { sqlStateOf } from '#database';
import { defineJob } from '../catalogue/define-job.js';
import { text } from '../catalogue/payload.js';
import { InvalidPayloadError } from '../errors.js';
import { withAdmin } from '#database/testing';
import { defineCatalogue } from '../catalogue/catalogue.js';
import { createQueueFixture, until, type QueueFixture } from '../testing/queue-fixture.js';
import { OrganizationJobStore } from '../worker/organization-job-store.js';
import { enqueue, MAX_PAYLOAD_BYTES } from './enqueue.js';

// What one organization can put into the common line must not stop, blind or bring down those who serve everybody.

const note = defineJob({ kind: 'note', payload: { text } });

let queue: QueueFixture;
let ours: string;

beforeAll(async () => {
  queue = await createQueueFixture();
  ours = await queue.organization();
});
beforeEach(() => queue.clear());
afterAll(() => queue.drop());

const refusalOf = (statement: string): Promise<string | undefined> =>
  queue.database
    .tenant(ours)
    .execute(statement)
    .then(
      () => undefined,
      (error: unknown) => sqlStateOf(error),
    );

it.each(['infinity', '-infinity'])('takes no job that runs at %s: no claim and no health check could reckon with it', async (instant) => {
  expect(await refusalOf(`insert into app.job (id, kind, run_at) values (gen_random_uuid(), 'note', '${instant}')`)).toBe('23514');
  await queue.database.tenant(ours).transaction((tx) => enqueue(tx, note, { text: 'x' }));
  expect(await refusalOf(`update app.job set run_at = '${instant}'`)).toBe('23514');
});

it('takes no payload that would fill the memory of a worker, whose claims carry those of many jobs', async () => {
  expect(await refusalOf(`insert into app.job (id, kind, payload) values (gen_random_uuid(), 'note', jsonb_build_object('text', repeat('x', 1048576)))`)).toBe(
    '23514',
  );
  expect(
    await refusalOf(`insert into app.job (id, kind, payload) values (gen_random_uuid(), 'note', jsonb_build_object('text', repeat('x', 1000000)))`),
  ).toBeUndefined();
});

it('refuses such a payload before it is sent, counted in bytes', async () => {
  const add = (length: number): Promise<unknown> => queue.database.tenant(ours).transaction((tx) => enqueue(tx, note, { text: '\u00e9'.repeat(length) }));
  await expect(add(MAX_PAYLOAD_BYTES / 2)).rejects.toBeInstanceOf(InvalidPayloadError);
  await expect(add(MAX_PAYLOAD_BYTES / 2 - 10)).resolves.toMatchObject({ added: true });
});

it('does not read as a queue that is far behind when a job is dated back', async () => {
  await queue.database
    .tenant(ours)
    .execute(`insert into app.job (id, kind, run_at) values (gen_random_uuid(), 'note', '1970-01-01'), (gen_random_uuid(), 'unheard of', '0001-01-01')`);
  const [lag] = await queue.database.queue.query<{ oldest_due_seconds: number; due: number }>('select * from app.queue_lag()');
  expect(lag).toMatchObject({ due: 2 });
  expect(lag?.oldest_due_seconds).toBeLessThan(60);
});

it('claims on while somebody else holds the locks that a statement of an organization can take', async () => {
  const holding = queue.database.tenant(ours);
  await holding.transaction((tx) => enqueue(tx, note, { text: 'x' }));
  const refused = await holding.query(`select pg_advisory_lock(hashtext('plinth_job_claim'))`).then(
    () => undefined,
    (error: unknown) => sqlStateOf(error),
  );
  expect(refused).toBe('42501');
  const { jobs } = await new OrganizationJobStore(queue.database.queue, [note]).claim({
    worker: 'spec',
    limit: 10,
    leaseMs: 60_000,
    share: 10,
    held: new Map<string, number>(),
  });
  expect(jobs).toHaveLength(1);
});

it('writes the ends of everybody else while an organization holds the row of its own job, and that one afterwards', async () => {
  const theirs = await queue.organization();
  const ids = await Promise.all([ours, theirs].map((orgId) => queue.database.tenant(orgId).transaction((tx) => enqueue(tx, note, { text: 'x' }))));
  const store = new OrganizationJobStore(queue.database.queue, [note]);
  const { jobs } = await store.claim({ worker: 'spec', limit: 10, leaseMs: 60_000, share: 10, held: new Map<string, number>() });
  const ends = jobs.map((job) => ({
    job,
    outcome: job.id === ids[0]?.id ? ({ type: 'RETRY', delayMs: 0, error: 'x' } as const) : ({ type: 'DONE' } as const),
  }));
  await withAdmin(queue.test.urls.admin, async (admin) => {
    await admin.query('begin');
    await admin.query('select from app.job where org_id = $1 for update', [ours]);
    const { settled, busy } = await store.settle(ends);
    expect([settled.size, busy.size]).toEqual([1, 1]);
    expect(await queue.jobs()).toMatchObject([{ org_id: ours, state: 'RUNNING' }]);
  });
  expect([...(await store.settle(ends)).settled]).toHaveLength(1);
  expect(await queue.jobs()).toMatchObject([{ org_id: ours, state: 'READY' }]);
});

it('a worker goes on for everybody else meanwhile, and loses no end', async () => {
  const theirs = await queue.organization();
  const worker = await queue.worker({ catalogue: defineCatalogue(note), handlers: { note: { handle: holdingFirst } }, options: { concurrency: 2 } });
  let release = (): void => undefined;
  async function holdingFirst({ payload }: { readonly payload: { readonly text: string } }): Promise<void> {
    if (payload.text !== 'held') return;
    const locked = new Promise<void>((resolve) => {
      void queue.database.tenant(ours).transaction(async (tx) => {
        await tx.query('select id from app.job for no key update');
        resolve();
        await new Promise<void>((end) => (release = end));
      });
    });
    await locked;
  }
  await queue.database.tenant(ours).transaction((tx) => enqueue(tx, note, { text: 'held' }));
  await until(async () => (await queue.jobs()).length === 1 && worker.load.running === 0);
  for (let n = 0; n < 20; n++) await queue.database.tenant(theirs).transaction((tx) => enqueue(tx, note, { text: 'x' }));
  await until(() => worker.stats.done === 20);
  expect(await queue.jobs()).toMatchObject([{ org_id: ours, state: 'RUNNING' }]);
  release();
  await until(async () => (await queue.jobs()).length === 0);
  expect(worker.stats).toMatchObject({ done: 21, lost: 0 });
});
