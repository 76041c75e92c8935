import { createLogger, newId, runWithContext, type TenantConnection } from '#database';
import { createQueueWorker, defineCatalogue, type QueueWorker } from '#queue';
import { ModelCallError } from '../models/errors.js';
import { storedAgents } from '../persistence/agent-source.js';
import { runAdvance } from '../run-advance.job-definition.js';
import { RunsService } from '../runs.service.js';
import { createRunsFixture, until, untilRun, type RunsFixture, type RunsOrganization } from '../testing/runs-fixture.js';
import { answering, StubModel } from '../testing/stub-model.js';
import { promptOf, type NewTask } from './task-input.js';
import { TaskRunner } from './task-runner.js';
import { taskSettle } from './task-settle.job-definition.js';
import { taskStart } from './task-start.job-definition.js';
import { TasksService } from './tasks.service.js';
import type { TaskView } from './views.js';

const FAILS = new StubModel(() => Promise.reject(new ModelCallError('refused', 'no such model.')));
const UNKNOWN = new StubModel(() => Promise.reject(new ModelCallError('unknown', 'the line was cut.')));
const RETRY_SECONDS = 0.05;

let fixture: RunsFixture;
let org: RunsOrganization;
let db: TenantConnection;
let tasks: TasksService;
let runner: TaskRunner;
let agentId: string;

beforeAll(async () => {
  fixture = await createRunsFixture({ taskRetrySeconds: RETRY_SECONDS, maxPerOrganization: 3 });
  runner = new TaskRunner(new RunsService(fixture.database.current, fixture.config, storedAgents), fixture.config);
});
afterAll(() => fixture.drop());
beforeEach(async () => {
  org = await fixture.organization();
  db = fixture.database.tenant(org.orgId);
  tasks = new TasksService(db);
  await org.agent('one');
  const [agent] = await fixture.rows<{ id: string }>('select id from app.agent where org_id = $1', [org.orgId]);
  agentId = agent?.id ?? '';
});

const create = (more: Partial<NewTask> = {}): Promise<TaskView> => tasks.create({ agentId, title: 'Report', input: { prompt: 'Write it.' }, ...more });
const timeOf = ({ scheduledAt }: TaskView): string => scheduledAt?.toISOString() ?? '';
const start = async (id: string): Promise<string> => runner.start(db, id, timeOf(await tasks.get(id)));
const runsOf = async (id: string): Promise<string[]> => (await tasks.runs(id)).items.map((run) => run.id);
const jobs = (kind: string): Promise<{ payload: Record<string, string>; run_at: Date; priority: number }[]> =>
  fixture.rows('select payload, run_at, priority from app.job where org_id = $1 and kind = $2 order by created_at, id', [org.orgId, kind]);
const fields = async (id: string, ...names: (keyof TaskView)[]): Promise<unknown[]> => {
  const task = await tasks.get(id);
  return names.map((name) => task[name]);
};

/** A worker for tasks and the runs that they make. */
async function worker(model: StubModel): Promise<QueueWorker> {
  const engine = fixture.engine(model);
  const logger = createLogger('tasks-test');
  logger.level = 'silent';
  const running = createQueueWorker({
    database: fixture.database,
    catalogue: defineCatalogue(runAdvance, taskStart, taskSettle),
    handlers: {
      'run.advance': { handle: async ({ payload, ...work }) => void (await engine.advance({ ...work, ...payload })) },
      'task.start': { handle: async ({ payload, db: own }) => void (await runner.start(own, payload.taskId, payload.scheduledAt)) },
      'task.settle': { handle: async ({ payload, db: own }) => void (await runner.settle(own, payload.taskId, payload.runId)) },
    },
    options: { pollIntervalMs: 200 },
    logger,
  });
  await running.start();
  return running;
}

/** Begins the task and takes its run to the end. Answers the run's id. */
async function runTo(status: string, id: string, model: StubModel): Promise<string> {
  expect(await start(id)).toBe('STARTED');
  const { runId } = await tasks.get(id);
  const running = await fixture.worker(model);
  await untilRun(org.runs, runId ?? '', status);
  await running.drain();
  return runId ?? '';
}

it('makes a run at its time, and ends with what that answered', async () => {
  const model = answering('Written.');
  const running = await worker(model);
  const { id } = await create({ input: { prompt: 'Write it.', month: 'May' } });
  await until('the task is completed', async () => (await tasks.get(id)).status === 'COMPLETED');
  await running.drain();
  const task = await tasks.get(id);
  expect(task).toMatchObject({ output: { text: 'Written.' }, attempts: 1, errorMessage: null });
  expect(await runsOf(id)).toEqual([task.runId]);
  expect(model.requests[0]?.messages.at(-1)).toMatchObject({ role: 'user', content: 'Write it.\n\n{\n  "month": "May"\n}' });
  expect(await jobs('task.start')).toEqual([]);
  expect(await jobs('task.settle')).toEqual([]);
});

it('is tried again with a growing pause, and has failed after the last attempt', async () => {
  const running = await worker(FAILS);
  const { id } = await create({ maxAttempts: 3 });
  await until('the task has failed', async () => (await tasks.get(id)).status === 'FAILED');
  await running.drain();
  expect(await fields(id, 'attempts', 'output', 'errorMessage')).toEqual([3, null, expect.stringContaining('MODEL_CALL_FAILED: ')]);
  const runs = (await tasks.runs(id)).items.toReversed();
  expect(runs).toHaveLength(3);
  const waits = runs.slice(1).map((run, n) => run.createdAt.getTime() - (runs[n]?.completedAt?.getTime() ?? 0));
  expect(waits[0]).toBeGreaterThanOrEqual(RETRY_SECONDS * 1_000 - 10);
  expect(waits[1]).toBeGreaterThanOrEqual(2 * RETRY_SECONDS * 1_000 - 10);
});

it('each job run twice does nothing more', async () => {
  const { id, ...task } = await create();
  const at = timeOf({ id, ...task });
  const atOnce = [db, fixture.database.tenant(org.orgId)].map((own) => runWithContext({ requestId: newId() }, () => runner.start(own, id, at)));
  expect(await Promise.all(atOnce)).toEqual(expect.arrayContaining(['STARTED', 'CHANGED']));
  expect(await runner.start(db, id, at)).toBe('CHANGED');
  expect(await runsOf(id)).toHaveLength(1);
  expect(await jobs('run.advance')).toHaveLength(1);
  const { runId } = await tasks.get(id);
  expect(await runner.settle(db, id, runId ?? '')).toBe('CHANGED');
  const running = await fixture.worker(answering('Done.'));
  await untilRun(org.runs, runId ?? '', 'COMPLETED');
  await running.drain();
  expect((await jobs('task.settle')).map(({ payload }) => payload)).toEqual([{ taskId: id, runId }]);
  expect(await runner.settle(db, id, newId())).toBe('CHANGED');
  expect(await runner.settle(db, id, runId ?? '')).toBe('COMPLETED');
  expect(await runner.settle(db, id, runId ?? '')).toBe('CHANGED');
});

it('one that repeats waits for its next time with all its attempts, and once for all that it missed', async () => {
  const { id, scheduledAt } = await create({ cron: '0 3 * * *', timeZone: 'Europe/Berlin', maxAttempts: 2 });
  expect((await jobs('task.start')).map(({ run_at }) => run_at)).toEqual([scheduledAt]);
  // As after four days without a worker.
  const missed = new Date(Number(scheduledAt) - 4 * 86_400_000);
  await fixture.rows('update app.task set scheduled_at = $2 where id = $1 returning id', [id, missed]);
  const runId = await runTo('COMPLETED', id, answering('Done.'));
  expect(await runner.settle(db, id, runId)).toBe('REPEATS');
  expect(await fields(id, 'status', 'attempts', 'scheduledAt', 'output')).toEqual(['PENDING', 0, scheduledAt, { text: 'Done.' }]);
  expect((await jobs('task.start')).map(({ run_at }) => run_at)).toEqual([scheduledAt]);
  expect(await runner.start(db, id, missed.toISOString())).toBe('CHANGED');
});

it('a call that may have been paid for is not made again by another attempt', async () => {
  const { id } = await create({ maxAttempts: 3 });
  const runId = await runTo('FAILED', id, UNKNOWN);
  expect(await runner.settle(db, id, runId)).toBe('FAILED');
  expect(await fields(id, 'status', 'attempts', 'errorMessage')).toEqual(['FAILED', 1, expect.stringContaining('CALL_OUTCOME_UNKNOWN')]);
});

it('one that repeats outlives a failure', async () => {
  const { id } = await create({ cron: '* * * * *' });
  const runId = await runTo('FAILED', id, FAILS);
  expect(await runner.settle(db, id, runId)).toBe('REPEATS');
  expect(await fields(id, 'status', 'errorMessage')).toEqual(['PENDING', expect.stringContaining('MODEL_CALL_FAILED')]);
});

it('a worker killed between the run and the rest leaves nothing of either', async () => {
  class Killed extends RunsService {
    override async startWithin(...args: Parameters<RunsService['startWithin']>): Promise<{ id: string }> {
      await super.startWithin(...args);
      throw new Error('killed');
    }
  }
  const { id, ...task } = await create();
  const broken = new TaskRunner(new Killed(db, fixture.config, storedAgents), fixture.config);
  await expect(broken.start(db, id, timeOf({ id, ...task }))).rejects.toThrow('killed');
  expect(await fields(id, 'status', 'attempts', 'runId')).toEqual(['PENDING', 0, null]);
  expect([await runsOf(id), await jobs('run.advance')]).toEqual([[], []]);
  expect(await start(id)).toBe('STARTED');
});

it('waits, without an attempt, while as many runs are under way as may be', async () => {
  for (let n = 0; n < 3; n += 1) await org.start('one');
  const { id } = await create();
  expect([await start(id), await start(id)]).toEqual(['POSTPONED', 'POSTPONED']);
  expect(await fields(id, 'status', 'attempts', 'runId')).toEqual(['QUEUED', 0, null]);
  expect(await jobs('task.start')).toHaveLength(1);
  const [run] = (await org.runs.list()).items;
  await org.runs.cancel(run?.id ?? '');
  expect(await start(id)).toBe('STARTED');
});

it('of a suspended organization begins once that may work again', async () => {
  const { id } = await create();
  await fixture.rows(`update app.organization set status = 'SUSPENDED' where id = $1 returning id`, [org.orgId]);
  expect(await start(id)).toBe('POSTPONED');
  expect([await fields(id, 'status', 'attempts'), await runsOf(id)]).toEqual([['QUEUED', 0], []]);
  await fixture.rows(`update app.organization set status = 'ACTIVE' where id = $1 returning id`, [org.orgId]);
  expect(await start(id)).toBe('STARTED');
});

it('fails where its agent is not run any more', async () => {
  const { id } = await create();
  await fixture.rows('update app.agent set is_active = false where id = $1 returning id', [agentId]);
  expect(await start(id)).toBe('FAILED');
  expect(await fields(id, 'status', 'attempts', 'errorMessage')).toEqual(['FAILED', 1, expect.stringContaining('no active agent')]);
  await expect(create()).rejects.toMatchObject({ code: 'AGENT_NOT_FOUND' });
});

it('can be changed while it waits: another time or priority is another job, and the old one does nothing', async () => {
  const soon = new Date(Date.now() + 3_600_000);
  const later = new Date(Date.now() + 7_200_000);
  const { id } = await create({ scheduledAt: soon });
  await tasks.update(id, { scheduledAt: later, title: 'Other' });
  await tasks.update(id, { priority: 1 });
  expect((await jobs('task.start')).map(({ run_at, priority }) => [run_at, priority])).toEqual([
    [soon, 0],
    [later, 0],
    [later, 1],
  ]);
  expect(await runner.start(db, id, soon.toISOString())).toBe('CHANGED');
  expect(await start(id)).toBe('STARTED');
  expect((await jobs('run.advance')).map(({ priority }) => priority)).toEqual([1]);
  await expect(tasks.update(id, { title: 'Late' })).rejects.toMatchObject({ code: 'TASK_NOT_PENDING', httpStatus: 409 });
  expect(await fields(id, 'title', 'priority')).toEqual(['Other', 1]);
});

it('cancelled, its run is cancelled too, and its time never comes', async () => {
  const waiting = await create({ scheduledAt: new Date(Date.now() + 3_600_000) });
  await tasks.cancel(waiting.id);
  expect(await start(waiting.id)).toBe('CHANGED');
  const { id } = await create({ cron: '* * * * *' });
  await start(id);
  expect(await tasks.cancel(id)).toMatchObject({ status: 'CANCELLED' });
  const { runId } = await tasks.get(id);
  expect((await org.runs.get(runId ?? '')).status).toBe('CANCELLED');
  expect(await runner.settle(db, id, runId ?? '')).toBe('CHANGED');
  await expect(tasks.cancel(id)).rejects.toMatchObject({ code: 'TASK_ENDED', httpStatus: 409 });
});

it('ends as cancelled where somebody cancels its run', async () => {
  const { id } = await create({ maxAttempts: 3 });
  await start(id);
  const { runId } = await tasks.get(id);
  await org.runs.cancel(runId ?? '');
  expect((await jobs('task.settle')).map(({ payload }) => payload)).toEqual([{ taskId: id, runId }]);
  expect(await runner.settle(db, id, runId ?? '')).toBe('CANCELLED');
  expect(await fields(id, 'status', 'errorMessage')).toEqual(['CANCELLED', 'The run was cancelled.']);
});

it('deleted, it leaves its runs; one that is carried out stays', async () => {
  const { id } = await create();
  const runId = await runTo('COMPLETED', id, answering('Done.'));
  await expect(tasks.delete(id)).rejects.toMatchObject({ code: 'TASK_RUNNING', httpStatus: 409 });
  await runner.settle(db, id, runId);
  await tasks.delete(id);
  await expect(tasks.get(id)).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  expect((await org.runs.get(runId)).status).toBe('COMPLETED');
  expect(await start(id).catch((error: unknown) => error)).toMatchObject({ code: 'TASK_NOT_FOUND' });
  expect(await runner.settle(db, id, runId)).toBe('CHANGED');
});

it('is seen by its own organization only, the newest first', async () => {
  const other = await fixture.organization();
  const mine = [await create(), await create({ scheduledAt: new Date(Date.now() + 60_000) }), await create()].map(({ id }) => id);
  const theirs = new TasksService(fixture.database.tenant(other.orgId));
  expect((await theirs.list()).items).toEqual([]);
  const [first = ''] = mine;
  for (const refused of [() => theirs.get(first), () => theirs.cancel(first), () => theirs.delete(first)])
    await expect(refused()).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  await expect(theirs.create({ agentId, title: 'x', input: { prompt: 'x' } })).rejects.toMatchObject({ code: 'AGENT_NOT_FOUND' });
  const page = await tasks.list({ limit: 2, agentId });
  const rest = await tasks.list({ limit: 2, agentId, cursor: page.nextCursor ?? '' });
  expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(mine.toReversed());
  await tasks.cancel(mine[1] ?? '');
  expect((await tasks.list({ status: 'CANCELLED' })).items.map(({ id }) => id)).toEqual([mine[1]]);
});

it('every change is audited, in the name of who made it', async () => {
  const id = await org.asOwner(async () => {
    const service = new TasksService(fixture.database.current);
    const task = await service.create({ agentId, title: 'Report', input: { prompt: 'Write it.' } });
    await service.update(task.id, { title: 'Other' });
    await service.cancel(task.id);
    await service.delete(task.id);
    return task.id;
  });
  const entries = await fixture.rows<{ action: string; actor_id: string }>(
    'select action, actor_id from app.audit_log where org_id = $1 and subject_id = $2 order by id',
    [org.orgId, id],
  );
  expect(entries).toEqual(['task.created', 'task.updated', 'task.cancelled', 'task.deleted'].map((action) => ({ action, actor_id: org.userId })));
});

it.each<[string, Partial<NewTask>]>([
  ['title', { title: ' ' }],
  ['title', { title: 'x'.repeat(256) }],
  ['priority', { priority: 2 }],
  ['maxAttempts', { maxAttempts: 0 }],
  ['maxAttempts', { maxAttempts: 11 }],
  ['input.prompt', { input: { prompt: ' ' } }],
  ['input', { input: { prompt: 'x', more: 'x'.repeat(262_144) } }],
])('a wrong %s is refused by its name', async (field, wrong) => {
  await expect(create(wrong)).rejects.toMatchObject({ code: 'TASK_REFUSED', httpStatus: 422, fields: { field } });
});

it('may wait as long as there are years', async () => {
  const scheduledAt = new Date('9999-12-31T23:59:59.999Z');
  expect((await create({ scheduledAt })).scheduledAt).toEqual(scheduledAt);
  await expect(create({ scheduledAt: new Date(scheduledAt.getTime() + 1) })).rejects.toMatchObject({ fields: { field: 'scheduledAt' } });
});

it('text that PostgreSQL cannot hold is replaced', async () => {
  const { title, input } = await create({ title: 'a\0b', input: { prompt: 'c\0d' } });
  expect([title, input]).toEqual(['a\ufffdb', { prompt: 'c\ufffdd' }]);
  expect(promptOf({ prompt: 'x' })).toBe('x');
});
