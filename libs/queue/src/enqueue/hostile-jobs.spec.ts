import { sqlStateOf } from '#database';
import { defineJob } from '../catalogue/define-job.js';
import { text } from '../catalogue/payload.js';
import { InvalidPayloadError } from '../errors.js';
import { createQueueFixture, type QueueFixture } from '../testing/queue-fixture.js';
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
  queue.database.tenant(ours).execute(statement).then(() => undefined, (error: unknown) => sqlStateOf(error));

it.each(['infinity', '-infinity'])('takes no job that runs at %s: no claim and no health check could reckon with it', async (instant) => {
  expect(await refusalOf(`insert into app.job (id, kind, run_at) values (gen_random_uuid(), 'note', '${instant}')`)).toBe('23514');
  await queue.database.tenant(ours).transaction((tx) => enqueue(tx, note, { text: 'x' }));
  expect(await refusalOf(`update app.job set run_at = '${instant}'`)).toBe('23514');
});

it('takes no payload that would fill the memory of a worker, whose claims carry those of many jobs', async () => {
  expect(await refusalOf(`insert into app.job (id, kind, payload) values (gen_random_uuid(), 'note', jsonb_build_object('text', repeat('x', 1048576)))`)).toBe('23514');
  expect(await refusalOf(`insert into app.job (id, kind, payload) values (gen_random_uuid(), 'note', jsonb_build_object('text', repeat('x', 1000000)))`)).toBeUndefined();
});

it('refuses such a payload before it is sent, counted in bytes', async () => {
  const add = (length: number): Promise<unknown> => queue.database.tenant(ours).transaction((tx) => enqueue(tx, note, { text: '\u00e9'.repeat(length) }));
  await expect(add(MAX_PAYLOAD_BYTES / 2)).rejects.toBeInstanceOf(InvalidPayloadError);
  await expect(add(MAX_PAYLOAD_BYTES / 2 - 10)).resolves.toMatchObject({ added: true });
});

it('does not read as a queue that is far behind when a job is dated back', async () => {
  await queue.database.tenant(ours).execute(`insert into app.job (id, kind, run_at) values (gen_random_uuid(), 'note', '1970-01-01'), (gen_random_uuid(), 'unheard of', '0001-01-01')`);
  const [lag] = await queue.database.queue.query<{ oldest_due_seconds: number; due: number }>('select * from app.queue_lag()');
  expect(lag).toMatchObject({ due: 2 });
  expect(lag?.oldest_due_seconds).toBeLessThan(60);
});

it('claims on while somebody else holds the locks that a statement of an organization can take', async () => {
  const holding = queue.database.tenant(ours);
  await holding.transaction((tx) => enqueue(tx, note, { text: 'x' }));
  const refused = await holding.query(`select pg_advisory_lock(hashtext('plinth_job_claim'))`).then(() => undefined, (error: unknown) => sqlStateOf(error));
  expect(refused).toBe('42501');
  const { jobs } = await new OrganizationJobStore(queue.database.queue, [note]).claim({ worker: 'spec', limit: 10, leaseMs: 60_000, share: 10, held: new Map<string, number>() });
  expect(jobs).toHaveLength(1);
});
