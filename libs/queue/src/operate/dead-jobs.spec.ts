import { queueProbe } from '../health/queue-probe.js';
import { enqueue } from '../enqueue/enqueue.js';
import { hold } from '../testing/jobs.js';
import { createQueueFixture, type QueueFixture } from '../testing/queue-fixture.js';
import { OrganizationJobStore } from '../worker/organization-job-store.js';
import { InvalidQueueOptionError } from '../errors.js';
import { listDeadJobs, retryDeadJobs } from './dead-jobs.js';

let queue: QueueFixture;
let ours: string;
let theirs: string;

beforeAll(async () => {
  queue = await createQueueFixture();
  ours = await queue.organization();
  theirs = await queue.organization();
});
beforeEach(() => queue.clear());
afterAll(() => queue.drop());

/** A job that was claimed and given up. */
async function die(orgId: string, dedupeKey?: string): Promise<string> {
  const { id } = await queue.database.tenant(orgId).transaction((tx) => enqueue(tx, hold, {}, { dedupeKey }));
  const store = new OrganizationJobStore(queue.database.queue, [hold]);
  const { jobs } = await store.claim({ worker: 'spec', limit: 10, leaseMs: 60_000, share: 10, held: new Map() });
  await store.settle(jobs.map((job) => ({ job, outcome: { type: 'DEAD', error: 'Error: gone' } })));
  return id;
}

it('lists dead jobs with their errors, of all or of one organization', async () => {
  const first = await die(ours);
  const second = await die(theirs);
  await queue.asAdmin(`insert into app.system_job (id, kind, state) values (gen_random_uuid(), 'sweep', 'DEAD')`);
  const all = await listDeadJobs(queue.database.queue);
  expect(all.map(({ orgId, kind }) => [orgId, kind])).toEqual([
    [null, 'sweep'],
    [theirs, 'hold'],
    [ours, 'hold'],
  ]);
  expect(all[2]).toMatchObject({ id: first, attempts: 1, lastError: 'Error: gone' });
  expect((await listDeadJobs(queue.database.queue, { orgId: theirs })).map(({ id }) => id)).toEqual([second]);
  expect(await listDeadJobs(queue.database.queue, { kind: 'other' })).toEqual([]);
});

it('gives dead jobs all their attempts again, by id, kind and organization', async () => {
  const first = await die(ours);
  const second = await die(theirs);
  expect(await retryDeadJobs(queue.database.queue, { ids: [first], orgId: theirs })).toBe(0);
  expect(await retryDeadJobs(queue.database.queue, { kind: 'hold', orgId: ours })).toBe(1);
  expect((await queue.jobs()).map(({ id, state, attempts }) => [id, state, attempts])).toEqual([
    [first, 'READY', 0],
    [second, 'DEAD', 1],
  ]);
  expect(await retryDeadJobs(queue.database.queue, { ids: [second] })).toBe(1);
});

it('drops the key of a revived job that another one waits under', async () => {
  const dead = await die(ours, 'key');
  const dead2 = await die(ours, 'key');
  expect(await retryDeadJobs(queue.database.queue, { ids: [dead, dead2] })).toBe(2);
  expect((await queue.jobs()).filter(({ dedupe_key }) => dedupe_key === 'key')).toHaveLength(1);
});

it.each([[{}], [{ ids: ['1'] }], [{ orgId: 'x' }]])('refuses the filter %j', async (filter) => {
  await expect(retryDeadJobs(queue.database.queue, filter)).rejects.toThrow(InvalidQueueOptionError);
});

it.each([Number.NaN, 0, 1.5])('refuses to list at most %d', async (limit) => {
  await expect(listDeadJobs(queue.database.queue, {}, limit)).rejects.toThrow(InvalidQueueOptionError);
});

it('measures how far the queue is behind, as the login of a service', async () => {
  const readLag = (): ReturnType<typeof queueProbe.readLag> => queueProbe.readLag(async (text) => queue.database.queue.query(text));
  expect(await readLag()).toEqual({ oldestDueSeconds: 0, due: 0, dead: 0 });
  await die(theirs);
  await queue.database.tenant(ours).transaction((tx) => enqueue(tx, hold, {}));
  await queue.asAdmin(`update app.job set run_at = now() - interval '1 minute', created_at = now() - interval '2 minutes' where state = 'READY'`);
  const lag = await readLag();
  expect(lag).toMatchObject({ due: 1, dead: 1 });
  expect(lag.oldestDueSeconds).toBeGreaterThanOrEqual(60);
});
