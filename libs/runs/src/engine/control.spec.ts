import { WorkflowData } from '#database';
import { remainingLimits } from '../limits/limits.js';
import { ModelCallError } from '../models/errors.js';
import { writeBoundary, type Boundary } from '../persistence/boundary.js';
import { takeOver, type Taken } from '../persistence/take-over.js';
import { createRunsFixture, until, untilRun, type RunsFixture, type RunsOrganization } from '../testing/runs-fixture.js';
import { answering, calling, StubModel } from '../testing/stub-model.js';

let fixture: RunsFixture;
let org: RunsOrganization;

beforeAll(async () => {
  fixture = await createRunsFixture({ maxPerOrganization: 5 });
  org = await fixture.organization();
  await org.agent('helper', ['run_agent', 'write_data']);
  await org.agent('other', ['run_agent', 'write_data']);
});
afterEach(() =>
  fixture.rows(`update app.run set status = 'CANCELLED' where status = any ('{QUEUED,RUNNING,WAITING_INPUT}')`).then(() => fixture.rows('delete from app.job')),
);
afterAll(() => fixture.drop());

/** A model that hangs until its signal is aborted, or for good. */
function hanging(listens = true): StubModel & { readonly aborts: number[] } {
  const aborts: number[] = [];
  const model = new StubModel(
    ({ signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          aborts.push(performance.now());
          if (listens) reject(new ModelCallError('aborted', 'aborted.'));
        }),
      ),
  );
  return Object.assign(model, { aborts });
}
const take = async (runId: string, turn = 0): Promise<Taken> => {
  const taken = await takeOver(fixture.database.tenant(org.orgId), runId, turn);
  if (taken === undefined) throw new Error('There was nothing to take over.');
  return taken;
};
const write = ({ run }: Taken, boundary: Boundary) => writeBoundary(fixture.database.tenant(org.orgId), run, boundary);
const failure = async (id: string): Promise<string | null> => (await org.runs.get(id)).errorCode;

describe('cancelling', () => {
  it.each([true, false])('aborts the model call that hangs, within two seconds (it listens: %s)', async (listens) => {
    const model = hanging(listens);
    const worker = await fixture.worker(model);
    const id = await org.start('helper');
    await until('the model is called', () => model.requests.length === 1);
    const cancelledAt = performance.now();
    expect(await org.runs.cancel(id)).toMatchObject({ status: 'CANCELLED', completedAt: expect.any(Date) });
    await until('the call is aborted and the worker free', () => model.aborts.length === 1 && worker.load.running === 0, 2_000);
    expect(performance.now() - cancelledAt).toBeLessThan(2_000);
    expect((await org.runs.steps(id)).items).toEqual([expect.objectContaining({ status: 'CANCELLED' })]);
    expect((await fixture.told(id)).slice(-2)).toEqual(['STEP_ENDED CANCELLED', 'RUN_STATUS CANCELLED']);
    await expect(org.runs.cancel(id)).rejects.toMatchObject({ code: 'RUN_ENDED', httpStatus: 409 });
    expect(await fixture.rows(`select action from app.audit_log where subject_id = $1`, [id])).toEqual([{ action: 'run.cancelled' }]);
    await worker.drain();
  });

  it('reaches the runs that it called, and theirs', async () => {
    const model = new StubModel(({ messages, signal }) => {
      if (messages.some(({ content }) => content === 'Hang.'))
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      return calling('run_agent', { agent: 'other', prompt: 'Hang.' });
    });
    const worker = await fixture.worker(model);
    const id = await org.start('helper');
    await until('both runs are called', () => model.requests.length === 2);
    await org.runs.cancel(id);
    await until('the worker is free', () => worker.load.running === 0, 2_000);
    const states = await fixture.rows(
      `select r.status, s.type, s.status as step from app.run r join app.step s on s.run_id = r.id where $1 in (r.id, r.parent_run_id) order by r.id, s.sequence_number`,
      [id],
    );
    expect(states).toEqual([
      { status: 'CANCELLED', type: 'MODEL', step: 'COMPLETED' },
      { status: 'CANCELLED', type: 'AGENT', step: 'CANCELLED' },
      { status: 'CANCELLED', type: 'MODEL', step: 'CANCELLED' },
    ]);
    await worker.drain();
  });

  it('before a worker has the run leaves nothing to do', async () => {
    const id = await org.start('helper');
    await org.runs.cancel(id);
    const model = answering('Never.');
    const worker = await fixture.worker(model);
    await until('the job is done', async () => (await fixture.rows('select 1 from app.job')).length === 0);
    expect(model.requests).toEqual([]);
    expect((await org.runs.get(id)).status).toBe('CANCELLED');
    await worker.drain();
  });

  it('leaves the worker that has the run nothing to write', async () => {
    const taken = await take(await org.start('helper'));
    await org.runs.cancel(taken.run.id);
    expect(await write(taken, { begin: { id: crypto.randomUUID(), type: 'TOOL', input: {}, called: false } })).toBeUndefined();
    expect((await org.runs.get(taken.run.id)).status).toBe('CANCELLED');
  });
});

describe('limits', () => {
  it('as many runs of an organization as may be, also when they are started at once', async () => {
    const started = await Promise.allSettled(
      Array.from({ length: 9 }, () => fixture.database.tenant(org.orgId)).map((db) =>
        db.transaction((tx) => org.runs.startWithin(tx, { agent: { name: 'helper' }, prompt: '' })),
      ),
    );
    expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const one of started) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'RUNS_LIMIT', httpStatus: 429 });
  });

  it('a run asks for less, never for more', async () => {
    const start = (limits: object) => org.runs.start({ agent: { name: 'helper' }, prompt: '', limits });
    await expect(start({ maxSteps: 101 })).rejects.toMatchObject({ code: 'RUN_LIMIT_REFUSED', fields: { field: 'limits.maxSteps' } });
    await expect(start({ maxTokens: 0 })).rejects.toMatchObject({ code: 'RUN_LIMIT_REFUSED' });
    expect((await org.runs.get((await start({ maxSteps: 7 })).id)).limits).toMatchObject({ maxSteps: 7, maxDepth: 8, maxWallMs: 3_600_000 });
  });

  it('of time ends a call that is under way', async () => {
    const model = hanging();
    const worker = await fixture.worker(model);
    const { id } = await org.runs.start({ agent: { name: 'helper' }, prompt: '', limits: { maxWallMs: 150 } });
    await untilRun(org.runs, id, 'FAILED', 3_000);
    expect(await failure(id)).toBe('LIMIT_TIME');
    expect(model.aborts).toHaveLength(1);
    await worker.drain();
  });

  it.each([
    ['maxSteps', 4, 'LIMIT_STEPS', 4],
    ['maxTokens', 30, 'LIMIT_TOKENS', 4],
    ['maxCostMicros', 8, 'LIMIT_COST', 4],
  ])('%s ends a run between two steps', async (limit, most, code, steps) => {
    const worker = await fixture.worker(answering(calling('write_data', { key: 'k', value: 1 })));
    const { id } = await org.runs.start({ agent: { name: 'helper' }, prompt: '', limits: { [limit]: most } });
    await untilRun(org.runs, id, 'FAILED');
    expect([await failure(id), (await org.runs.get(id)).stepCount]).toEqual([code, steps - (limit === 'maxSteps' ? 0 : 1)]);
    await worker.drain();
  });
});

describe('the model is asked for no more tokens than', () => {
  it('the run has left', async () => {
    const model = answering(calling('write_data', { key: 'k', value: 1 }), 'Done.');
    const worker = await fixture.worker(model);
    const { id } = await org.runs.start({ agent: { name: 'helper' }, prompt: '', limits: { maxTokens: 16 } });
    await untilRun(org.runs, id, 'COMPLETED');
    expect(model.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([16, 1]);
    await worker.drain();
  });

  it('one, where a run has used more than it has', () => {
    const limits = { maxSteps: 9, maxDepth: 1, maxWallMs: 1_000, maxTokens: 16, maxCostMicros: 9 };
    expect(remainingLimits({ steps: 1, wallMs: 0, tokens: 30, costMicros: 0 }, limits).maxTokens).toBe(1);
  });
});

describe('two workers', () => {
  it('only the one that took the run over last writes; numbers have no gaps', async () => {
    const id = await org.start('helper');
    const first = await take(id);
    const end = { status: 'COMPLETED' as const, output: { content: null, toolCalls: [] } };
    const second = await take(id);
    expect([first.isFresh, second.isFresh, Number(second.run.fence) - Number(first.run.fence)]).toEqual([true, false, 1]);
    const [step] = second.steps;
    if (step === undefined) throw new Error('The first step is missing.');
    const begin = (name: string) => ({ id: crypto.randomUUID(), type: 'TOOL' as const, input: { name }, called: false });
    const writes = await Promise.all(
      [first, second, first, first].map((taken, index) =>
        write(taken, index === 1 ? { ended: { step, end }, begin: begin('right') } : { ended: { step, end }, begin: begin('stale') }),
      ),
    );
    expect(writes.map((counts) => counts?.stepCount)).toEqual([undefined, 2, undefined, undefined]);
    const numbers = await fixture.rows<{ steps: number[]; names: string[]; events: number[] }>(
      `select (select array_agg(sequence_number order by sequence_number) from app.step where run_id = $1) as steps,
         (select array_agg(input ->> 'name') from app.step where run_id = $1 and input is not null) as names,
         (select array_agg(number order by number) from app.run_event where run_id = $1) as events`,
      [id],
    );
    expect(numbers).toEqual([{ steps: [1, 2], names: ['right'], events: [1, 2, 3, 4, 5] }]);
  });

  it('racing for the same run from many sides leave gapless numbers, and each step once', async () => {
    const id = await org.start('helper');
    const race = async (): Promise<number> => {
      let written = 0;
      for (let round = 0; round < 8; round++) {
        const taken = await take(id);
        const open = taken.steps.at(-1);
        if (open === undefined) continue;
        const ended = open.status === 'RUNNING' ? { step: open, end: { status: 'COMPLETED' as const, output: {} } } : undefined;
        const counts = await write(taken, { ended, begin: { id: crypto.randomUUID(), type: 'DATA', input: null, called: false } });
        if (counts !== undefined) written++;
      }
      return written;
    };
    const written = (await Promise.all([race(), race(), race(), race()])).reduce((sum, n) => sum + n, 0);
    const [facts] = await fixture.rows<{ steps: number[]; open: number; counted: number; events: number[]; told: number }>(
      `select (select array_agg(sequence_number order by sequence_number) from app.step where run_id = r.id) as steps,
         (select count(*)::int from app.step where run_id = r.id and status = 'RUNNING') as open, step_count as counted,
         (select array_agg(number order by number) from app.run_event where run_id = r.id) as events, event_count as told
       from app.run r where id = $1`,
      [id],
    );
    const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
    expect(facts?.steps).toEqual(upTo(written + 1));
    expect(facts).toMatchObject({ open: 1, counted: written + 1, events: upTo(facts?.told ?? 0) });
    expect(written).toBeGreaterThan(0);
  });

  it('a job of an earlier turn leaves the run alone; one of a later turn takes it', async () => {
    const id = await org.start('helper');
    await take(id, 1);
    const db = fixture.database.tenant(org.orgId);
    expect(await takeOver(db, id, 0)).toBeUndefined();
    expect((await take(id, 1)).run.fence).toBe('1000002');
    expect((await take(id, 2)).run.fence).toBe('2000001');
  });
});

describe('a worker that died', () => {
  it('in a model call: the run fails, and the call is not repeated', async () => {
    const id = await org.start('helper');
    await take(id);
    const model = answering('Never.');
    const worker = await fixture.worker(model);
    await untilRun(org.runs, id, 'FAILED');
    expect([await failure(id), model.requests.length, (await org.runs.steps(id)).items[0]?.errorCode]).toEqual([
      'CALL_OUTCOME_UNKNOWN',
      0,
      'CALL_OUTCOME_UNKNOWN',
    ]);
    await worker.drain();
  });

  it('in a step that calls nothing: the same step is carried out again', async () => {
    const id = await org.start('helper');
    const taken = await take(id);
    const [step] = taken.steps;
    if (step === undefined) throw new Error('The first step is missing.');
    const call = { id: 'c', name: 'write_data', arguments: '{"key":"k","value":2}' };
    await write(taken, {
      ended: { step, end: { status: 'COMPLETED', output: { content: null, toolCalls: [call] } } },
      begin: { id: crypto.randomUUID(), type: 'DATA', input: { toolCallId: 'c', name: 'write_data', arguments: { key: 'k', value: 2 } }, called: false },
    });
    const worker = await fixture.worker(answering('Done.'));
    await untilRun(org.runs, id, 'COMPLETED');
    expect((await org.runs.steps(id)).items.map(({ type }) => type)).toEqual(['MODEL', 'DATA', 'MODEL']);
    expect(await fixture.database.tenant(org.orgId).repository(WorkflowData).count({ runId: id })).toBe(1);
    await worker.drain();
  });
});

it('no transaction is open and no connection held while a model is called', async () => {
  const model = hanging();
  const worker = await fixture.worker(model);
  const id = await org.start('helper');
  await until('the model is called', () => model.requests.length === 1);
  const busy = () =>
    fixture.rows(
      `select state, query from pg_stat_activity where datname = current_database() and usename like 'app\\_%' and (xact_start is not null or state <> 'idle')`,
    );
  await until('nothing is under way', async () => (await busy()).length === 0, 2_000);
  expect(fixture.database.pools.map(({ usage }) => usage.taken)).toEqual([0, 0, 0]);
  await org.runs.cancel(id);
  await worker.drain();
});

it('a model that refuses, one whose answer is lost, and an error of ours: each fails the run by its name', async () => {
  const errors = [new ModelCallError('refused', 'no.'), new ModelCallError('unknown', 'cut off.'), new TypeError('a bug')];
  const model = new StubModel((_request, index) => Promise.reject(errors[index] ?? new Error()));
  const worker = await fixture.worker(model);
  const codes: (string | null)[] = [];
  for (const _ of errors) {
    const id = await org.start('helper');
    await untilRun(org.runs, id, 'FAILED');
    codes.push(await failure(id));
  }
  expect(codes).toEqual(['MODEL_CALL_FAILED', 'CALL_OUTCOME_UNKNOWN', 'CALL_OUTCOME_UNKNOWN']);
  await worker.drain();
});

it('what goes wrong in the engine itself fails the run as an error of ours, at once', async () => {
  const impossible = {
    name: 'impossible',
    description: '',
    parameters: { type: 'object', unheardOf: 1 },
    hasSideEffects: false,
    call: () => Promise.resolve(null),
  };
  const worker = await fixture.worker(answering(calling('impossible')), [impossible]);
  await org.agent('careless', ['impossible']);
  const id = await org.start('careless');
  await untilRun(org.runs, id, 'FAILED');
  expect(await failure(id)).toBe('INTERNAL');
  expect((await org.runs.steps(id)).items.map(({ status }) => status)).toEqual(['COMPLETED', 'FAILED']);
  expect(worker.stats.retried).toBe(0);
  await worker.drain();
});

it('a worker that drains waits for the call under way, stops before the next step, and another one goes on', async () => {
  let answer = (): void => undefined;
  const model = new StubModel((_request, index) =>
    index > 0 ? 'Done.' : new Promise((resolve) => (answer = () => resolve(calling('write_data', { key: 'k', value: 1 })))),
  );
  const worker = await fixture.worker(model);
  const id = await org.start('helper');
  await until('the model is called', () => model.requests.length === 1);
  const drained = worker.drain();
  answer();
  expect(await drained).toBe(true);
  expect((await org.runs.steps(id)).items.map(({ status }) => status)).toEqual(['COMPLETED']);
  expect(await fixture.rows('select state, attempts from app.job')).toEqual([{ state: 'READY', attempts: 0 }]);
  const next = await fixture.worker(model);
  await untilRun(org.runs, id, 'COMPLETED');
  await next.drain();
});

it('finds agents by name and id, an own one before one from Git, and none that is inactive', async () => {
  await fixture.rows(`insert into app.agent_repository (org_id, uid, name, git_url) values ($1, gen_random_uuid(), 'r', 'https://example.test/r.git')`, [
    org.orgId,
  ]);
  const insert = `insert into app.git_agent (org_id, uid, agent_repository_id, name, file_path, content_hash, frontmatter, is_active)
    select $1, gen_random_uuid(), id, $2::text, $2::text || '.md', '', $3, $4 from app.agent_repository where org_id = $1 returning uid`;
  const [own] = await fixture.rows<{ uid: string }>(insert, [org.orgId, 'filed', { model: 'm', tools: 'write_data, read_data', prompt: 'You file.' }, true]);
  await fixture.rows(insert, [org.orgId, 'helper', { prompt: 'Not me.' }, true]);
  await fixture.rows(insert, [org.orgId, 'gone', {}, false]);
  const agentOf = async (id: string) => (await fixture.rows<{ agent: object }>('select agent from app.run where id = $1', [id]))[0]?.agent;
  const filed = { name: 'filed', model: 'm', systemPrompt: 'You file.', tools: ['write_data', 'read_data'], source: { kind: 'git_agent', id: own?.uid } };
  expect(await agentOf(await org.start('filed'))).toMatchObject(filed);
  expect(await agentOf((await org.runs.start({ agent: { id: own?.uid ?? '' }, prompt: '' })).id)).toMatchObject(filed);
  expect(await agentOf(await org.start('helper'))).toMatchObject({ systemPrompt: 'You help.', source: { kind: 'agent' } });
  await expect(org.start('gone')).rejects.toMatchObject({ code: 'AGENT_NOT_FOUND', httpStatus: 404 });
  await expect(org.runs.start({ agent: { id: 'no-uuid' }, prompt: '' })).rejects.toMatchObject({ code: 'AGENT_NOT_FOUND' });
});
