import { sqlStateOf } from '#database';
import { defineJob } from '../catalogue/define-job.js';
import { optional, text } from '../catalogue/payload.js';
import { InvalidEnqueueOptionError, InvalidPayloadError } from '../errors.js';
import { createQueueFixture, gate, type QueueFixture } from '../testing/queue-fixture.js';
import { OrganizationJobStore } from '../worker/organization-job-store.js';
import { enqueue, enqueueMany } from './enqueue.js';

const note = defineJob({ kind: 'note', payload: { text: optional(text) }, maxAttempts: 3 });
const synced = defineJob({ kind: 'synced', payload: { of: text }, dedupe: ({ of }) => of });
const CLAIM = { worker: 'spec', limit: 10, leaseMs: 60_000, share: 1_000, held: new Map<string, number>() };

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

const claim = async (): Promise<string[]> => {
  const { jobs } = await new OrganizationJobStore(queue.database.queue, [note, synced]).claim(CLAIM);
  return jobs.map(({ id }) => id);
};

it('adds a job that commits with its transaction', async () => {
  const { id, added } = await queue.database.tenant(ours).transaction((tx) => enqueue(tx, note, { text: 'hello' }));
  expect(added).toBe(true);
  expect(await queue.jobs()).toEqual([
    expect.objectContaining({ id, org_id: ours, kind: 'note', state: 'READY', attempts: 0, max_attempts: 3, payload: { text: 'hello' } }),
  ]);
});

it('leaves nothing of a transaction that fails', async () => {
  const failing = queue.database.tenant(ours).transaction(async (tx) => {
    await enqueue(tx, note, {});
    throw new Error('changed its mind');
  });
  await expect(failing).rejects.toThrow('changed its mind');
  expect(await queue.jobs()).toEqual([]);
});

it('shows a job to its own organization and to no other', async () => {
  await queue.database.tenant(ours).transaction((tx) => enqueue(tx, note, {}));
  expect(await queue.database.tenant(ours).query('select id from app.job')).toHaveLength(1);
  expect(await queue.database.tenant(theirs).query('select id from app.job')).toEqual([]);
  expect(await queue.database.tenant(theirs).execute('update app.job set run_at = now()')).toBe(0);
});

it.each([
  ['read its place in line', 'select virtual_time from app.job'],
  ['choose its place in line', `insert into app.job (id, kind, virtual_time) values (gen_random_uuid(), 'note', -1)`],
  ['take a job out of the line', `update app.job set state = 'DEAD'`],
  ['raise its attempts', 'update app.job set max_attempts = 1000'],
  ['read the clock of the line', 'select last_value from app.job_clock'],
  ['ask for a place', `select app.next_place('${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}', 0)`],
  ['claim', `select app.claim_jobs('x', 1, 1, '{note}', '{null}', '{null}', 1, '{}', '{}')`],
  ['measure the queue', 'select * from app.queue_lag()'],
])('lets no organization %s', async (_what, statement) => {
  const error: unknown = await queue.database
    .tenant(ours)
    .query(statement)
    .catch((refused: unknown) => refused);
  expect(sqlStateOf(error)).toBe('42501');
});

it('gives no more turns for more priorities in a raw insert', async () => {
  await queue.database.tenant(ours).execute(`insert into app.job (id, kind, priority) select gen_random_uuid(), 'note', n from generate_series(1, 100) n`);
  await queue.database.tenant(theirs).transaction((tx) =>
    enqueueMany(
      tx,
      note,
      Array.from({ length: 10 }, () => ({ payload: {} })),
    ),
  );
  const { jobs } = await new OrganizationJobStore(queue.database.queue, [note]).claim({ ...CLAIM, limit: 20 });
  expect(jobs.filter(({ orgId }) => orgId === theirs)).toHaveLength(10);
});

it('adds nothing while a job with the same key waits, and adds again once it runs', async () => {
  const db = queue.database.tenant(ours);
  const first = await db.transaction((tx) => enqueue(tx, synced, { of: 'a' }));
  const second = await db.transaction((tx) => enqueue(tx, synced, { of: 'a' }));
  expect(second).toEqual({ id: first.id, added: false });
  expect((await db.transaction((tx) => enqueue(tx, synced, { of: 'b' }))).added).toBe(true);
  expect((await queue.database.tenant(theirs).transaction((tx) => enqueue(tx, synced, { of: 'a' }))).added).toBe(true);
  await claim();
  expect((await db.transaction((tx) => enqueue(tx, synced, { of: 'a' }))).added).toBe(true);
});

it('adds one job when many transactions race for one key', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => queue.database.tenant(ours).transaction((tx) => enqueue(tx, synced, { of: 'raced' }))));
  expect(answers.filter(({ added }) => added)).toHaveLength(1);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
});

it('does not start a waiting job before the transaction that asked for it again has committed', async () => {
  const { id } = await queue.database.tenant(ours).transaction((tx) => enqueue(tx, synced, { of: 'a' }));
  const enqueued = gate();
  const mayCommit = gate();
  const again = queue.database.tenant(ours).transaction(async (tx) => {
    await enqueue(tx, synced, { of: 'a' });
    enqueued.open();
    await mayCommit.promise;
  });
  await enqueued.promise;
  expect(await claim()).toEqual([]);
  mayCommit.open();
  await again;
  expect(await claim()).toEqual([id]);
});

it('moves a scheduled job forward when it is asked for earlier, never back', async () => {
  const later = new Date(Date.now() + 3_600_000);
  const db = queue.database.tenant(ours);
  const { id } = await db.transaction((tx) => enqueue(tx, synced, { of: 'a' }, { runAt: later }));
  expect(await claim()).toEqual([]);
  await db.transaction((tx) => enqueue(tx, synced, { of: 'a' }));
  await db.transaction((tx) => enqueue(tx, synced, { of: 'a' }, { runAt: later }));
  expect(await claim()).toEqual([id]);
});

it('answers many in the order given, the first of a key counting', async () => {
  const items = [{ payload: { of: 'a' } }, { payload: { of: 'b' } }, { payload: { of: 'a' } }];
  const answers = await queue.database.tenant(ours).transaction((tx) => enqueueMany(tx, synced, items));
  expect(answers.map(({ added }) => added)).toEqual([true, true, false]);
  expect(answers[2]?.id).toBe(answers[0]?.id);
  expect(await queue.database.tenant(ours).transaction((tx) => enqueueMany(tx, note, []))).toEqual([]);
});

it('refuses what the job itself would not accept, before anything is sent', async () => {
  const db = queue.database.tenant(ours);
  const wrong: { text: string } = JSON.parse('{"text": 5}') as { text: string };
  await expect(db.transaction((tx) => enqueue(tx, note, wrong))).rejects.toThrow(InvalidPayloadError);
  await expect(db.transaction((tx) => enqueue(tx, note, { text: 'a\0b' }))).rejects.toThrow(InvalidPayloadError);
  await expect(db.transaction((tx) => enqueue(tx, note, {}, { dedupeKey: '' }))).rejects.toThrow(InvalidEnqueueOptionError);
  await expect(db.transaction((tx) => enqueue(tx, note, {}, { runAt: new Date('never') }))).rejects.toThrow(InvalidEnqueueOptionError);
});

it('keeps strange payloads as they are', async () => {
  const strange = `"quotes", {braces}, \\back\\slashes, 'single', ${'x'.repeat(10_000)}, \u{1F600}`;
  await queue.database.tenant(ours).transaction((tx) => enqueueMany(tx, note, [{ payload: { text: strange }, dedupeKey: '{a,"b"}' }]));
  expect(await queue.jobs()).toEqual([expect.objectContaining({ payload: { text: strange }, dedupe_key: '{a,"b"}' })]);
});

it('enqueues ten times as many in about ten times the time', async () => {
  const time = async (count: number): Promise<number> => {
    const startedAt = performance.now();
    await queue.database.tenant(ours).transaction((tx) =>
      enqueueMany(
        tx,
        note,
        Array.from({ length: count }, () => ({ payload: {} })),
      ),
    );
    return performance.now() - startedAt;
  };
  await time(1_000);
  const small = (await time(1_000)) + (await time(1_000));
  const large = await time(10_000);
  expect(large / small).toBeLessThan(5 * 3);
});
