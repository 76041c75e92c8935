import { enqueue, enqueueMany, type EnqueueOptions } from '../enqueue/enqueue.js';
import { defineJob, type JobDefinition } from '../catalogue/define-job.js';
import { createQueueFixture, type QueueFixture } from '../testing/queue-fixture.js';
import type { ClaimedJob } from './claimed-job.js';
import type { ClaimRequest, ClaimResult } from './job-store.js';
import { OrganizationJobStore } from './organization-job-store.js';

const plain = defineJob({ kind: 'plain', payload: {} });
const narrow = defineJob({ kind: 'narrow', payload: {}, concurrencyPerOrganization: 2 });
const single = defineJob({ kind: 'single', payload: {}, concurrency: 1 });
const later = defineJob({ kind: 'later', payload: {} });

let queue: QueueFixture;
let a: string;
let b: string;
let store: OrganizationJobStore;

beforeAll(async () => {
  queue = await createQueueFixture();
  a = await queue.organization();
  b = await queue.organization();
  store = new OrganizationJobStore(queue.database.queue, [plain, narrow, single]);
});
beforeEach(() => queue.clear());
afterAll(() => queue.drop());

const add = (orgId: string, job: JobDefinition, count: number, options: EnqueueOptions = {}): Promise<unknown> =>
  queue.database.tenant(orgId).transaction((tx) =>
    enqueueMany(
      tx,
      job,
      Array.from({ length: count }, () => ({ payload: {}, ...options })),
    ),
  );
const claim = (request: Partial<ClaimRequest> = {}): Promise<ClaimResult> =>
  store.claim({ worker: 'w1', limit: 10, leaseMs: 60_000, share: 1_000, held: new Map(), ...request });
const of = (jobs: readonly ClaimedJob[], orgId: string): number => jobs.filter((job) => job.orgId === orgId).length;

it('takes a lone job before the thousands that another organization enqueued earlier', async () => {
  await add(a, plain, 5_000);
  await claim({ limit: 100 });
  await add(b, plain, 1);
  expect(of((await claim({ limit: 2 })).jobs, b)).toBe(1);
});

it('lets organizations with bursts take turns', async () => {
  await add(a, plain, 100);
  await add(b, plain, 100);
  const { jobs } = await claim({ limit: 50 });
  expect(of(jobs, a)).toBe(25);
  expect(of(jobs, b)).toBe(25);
});

it('does not make an organization pay for what it was given while nobody else waited', async () => {
  await add(a, plain, 500);
  await claim({ limit: 400 });
  await add(b, plain, 100);
  const { jobs } = await claim({ limit: 100 });
  expect(of(jobs, a)).toBeGreaterThan(40);
});

it('prefers high to normal within an organization, and does so without taking turns of others', async () => {
  await add(a, plain, 100);
  await add(b, plain, 100);
  await claim({ limit: 20 });
  const { id } = await queue.database.tenant(a).transaction((tx) => enqueue(tx, plain, {}, { priority: 'high' }));
  const { jobs } = await claim({ limit: 4 });
  expect(jobs.map((job) => job.id)).toContain(id);
  expect(of(jobs, b)).toBeGreaterThan(0);
});

it('lets low jobs through at a quarter of the rate, and never starves them', async () => {
  await add(a, plain, 200, { priority: 'low' });
  await add(b, plain, 200);
  const { jobs } = await claim({ limit: 100 });
  expect(of(jobs, a)).toBe(20);
  expect(of(jobs, b)).toBe(80);
});

it('gives a scheduled job its place only when it comes due', async () => {
  await add(a, plain, 1, { runAt: new Date(Date.now() + 3_600_000) });
  const empty = await claim();
  expect(empty.jobs).toEqual([]);
  expect(empty.dueInMs).toBeGreaterThan(3_500_000);
  expect((await queue.jobs())[0]?.virtual_time).toBeNull();
  await queue.asAdmin(`update app.job set run_at = now() - interval '1 second'`);
  expect((await claim()).jobs).toHaveLength(1);
});

it('holds an organization to the limit of a kind, over all workers', async () => {
  await add(a, narrow, 10);
  await add(b, narrow, 10);
  const claims = await Promise.all([claim({ worker: 'w1' }), claim({ worker: 'w2' }), claim({ worker: 'w3' })]);
  const jobs = claims.flatMap((result) => result.jobs);
  expect(of(jobs, a)).toBe(2);
  expect(of(jobs, b)).toBe(2);
  expect((await claim()).more).toBe(true);
  await store.settle(jobs.slice(0, 1).map((job) => ({ job, outcome: { type: 'DONE' } })));
  expect((await claim()).jobs).toHaveLength(1);
});

it('holds a kind to its limit over all organizations and workers', async () => {
  await add(a, single, 3);
  await add(b, single, 3);
  const claims = await Promise.all([claim({ worker: 'w1' }), claim({ worker: 'w2' })]);
  expect(claims.flatMap(({ jobs }) => jobs)).toHaveLength(1);
});

it('finds jobs behind more than it looks at, of organizations and kinds that may run', async () => {
  await add(a, narrow, 1_000);
  await claim();
  await add(a, plain, 1);
  await add(b, plain, 1);
  await queue.asAdmin('update app.job set virtual_time = virtual_time + 1000000 where kind = $1', ['plain']);
  const { jobs } = await claim();
  expect(jobs.map(({ kind }) => kind)).toEqual(['plain', 'plain']);
});

it('takes no more of one organization than the share of a worker', async () => {
  await add(a, plain, 100);
  await add(b, plain, 1);
  const { jobs } = await claim({ limit: 10, share: 5, held: new Map([[a, 2]]) });
  expect(of(jobs, a)).toBe(3);
  expect(of(jobs, b)).toBe(1);
});

it('leaves alone what it does not know', async () => {
  await add(a, later, 3);
  expect((await claim()).jobs).toEqual([]);
  expect((await queue.jobs()).every(({ state }) => state === 'READY')).toBe(true);
});

it('gives each job to one of many workers that claim at once', async () => {
  await add(a, plain, 200);
  const claims = await Promise.all(Array.from({ length: 8 }, (_, index) => claim({ worker: `w${index}`, limit: 40 })));
  const ids = claims.flatMap(({ jobs }) => jobs.map(({ id }) => id));
  expect(ids).toHaveLength(200);
  expect(new Set(ids).size).toBe(200);
});
