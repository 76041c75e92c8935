import { answering, calling, StubModel, type StubAnswer } from '../testing/stub-model.js';
import { createRunsFixture, until, untilRun, type RunsFixture, type RunsOrganization } from '../testing/runs-fixture.js';
import { ModelCallError } from '../models/errors.js';
import type { ModelRequest } from '../models/model.js';
import { InputRequestsService } from '../input-requests.service.js';
import { WorkflowDataService } from '../workflow-data.service.js';
import type { Tool } from '../tools/tool.js';

let fixture: RunsFixture;
let org: RunsOrganization;

beforeAll(async () => {
  fixture = await createRunsFixture({ maxDepth: 3 });
  org = await fixture.organization();
  const all = ['write_data', 'read_data', 'run_agent', 'ask_for_input', 'greet', 'broken'];
  for (const name of ['one', 'two', 'three', 'four']) await org.agent(name, all);
});
afterAll(() => fixture.drop());

const GREET: Tool = {
  name: 'greet',
  description: 'Greets.',
  parameters: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false },
  hasSideEffects: true,
  call: ({ args, caller }) => Promise.resolve(`Hello ${JSON.stringify(args['name'])}, says ${caller.agentName}.`),
};
const BROKEN: Tool = {
  name: 'broken',
  description: 'Fails.',
  parameters: { type: 'object' },
  hasSideEffects: false,
  call: () => Promise.reject(new Error('It is broken.')),
};

/** The results that the last request of a run hands to its model. */
const resultsIn = (request: ModelRequest | undefined): unknown[] =>
  (request?.messages ?? []).flatMap((message) => (message.role === 'tool' ? [JSON.parse(message.content) as unknown] : []));

/** Runs agent `one` to its end with these answers; the requests of all runs together, in order. */
async function runWith(...answers: readonly StubAnswer[]): Promise<{ id: string; model: StubModel }> {
  const model = answering(...answers);
  const worker = await fixture.worker(model, [GREET, BROKEN]);
  const id = await org.start('one');
  await untilRun(org.runs, id, 'COMPLETED');
  await worker.drain();
  return { id, model };
}

it('tells the model what its tools answered, and what they did not take or could not do', async () => {
  const calls = [
    { name: 'greet', args: { name: 'Ada' } },
    { name: 'greet', args: { nam: 'Ada' } },
    { name: 'broken', args: {} },
    { name: 'unheard_of', args: {} },
    { name: 'write_data', args: { key: '' } },
  ];
  const { id, model } = await runWith({ calls }, 'Done.');
  expect(resultsIn(model.requests[1])).toEqual([
    'Hello "Ada", says one.',
    { error: expect.stringContaining('/name must have required property') },
    { error: 'It is broken.' },
    { error: 'There is no tool "unheard_of" for this agent.' },
    { error: expect.stringContaining('/value must have required property') },
  ]);
  const { items } = await org.runs.steps(id);
  expect(items.map(({ type }) => type)).toEqual(['MODEL', 'TOOL', 'TOOL', 'TOOL', 'TOOL', 'DATA', 'MODEL']);
  const calledAt = await fixture.rows<{ called: boolean }>('select called_at is not null as called from app.step where run_id = $1 order by sequence_number', [
    id,
  ]);
  expect(calledAt.map(({ called }) => called)).toEqual([true, true, true, false, false, false, true]);
});

it('survives what is no text: NUL and halves of surrogate pairs', async () => {
  const { id } = await runWith({ content: 'a\0b\ud800c' });
  expect((await org.runs.get(id)).output).toEqual({ text: 'a\ufffdb\ufffdc' });
});

it('runs another agent, which shares what is left of the limits, and hands on what it answered', async () => {
  const { id, model } = await runWith(
    calling('run_agent', { agent: 'two', prompt: 'Help me.' }),
    calling('write_data', { key: 'k', value: 1 }),
    'Helped.',
    'Done.',
  );
  expect(resultsIn(model.requests[3])).toEqual([{ text: 'Helped.' }]);
  const child = (await org.runs.list({ agentName: 'two' })).items.find(({ parentRunId }) => parentRunId === id);
  expect(child).toMatchObject({ status: 'COMPLETED', callStack: ['one'], prompt: 'Help me.', output: { text: 'Helped.' }, totalTokens: 30 });
  expect(child?.limits).toMatchObject({ maxTokens: 1_000_000 - 15, maxCostMicros: 100_000_000 - 7 });
  const left = model.requests.map(({ maxOutputTokens }) => maxOutputTokens);
  expect(left).toEqual([1_000_000, 1_000_000 - 15, 1_000_000 - 30, 1_000_000 - 45]);
  const [step] = await fixture.rows<{ metadata: unknown }>(`select metadata from app.step where run_id = $1 and type = 'AGENT'`, [id]);
  expect(step?.metadata).toEqual({ nested: { tokens: 30, costMicros: 14, waitedMs: 0 } });
  expect((await org.runs.get(id)).totalTokens).toBe(30);
  const data = new WorkflowDataService(fixture.database.tenant(org.orgId));
  expect((await data.list(id, { key: 'k' })).items).toEqual([expect.objectContaining({ runId: child?.id, value: 1, createdByAgent: 'two' })]);
});

it('refuses a circle of agents with the stack shown, a depth that is too great and an agent that is not there', async () => {
  // Each agent is asked in its own words, and calls these agents, one after the other.
  const calledBy: Readonly<Record<string, readonly string[]>> = { 'Do it.': ['two'], 'to two': ['three'], 'to three': ['one', 'four', 'nobody'] };
  const model = new StubModel(({ messages }) => {
    const prompt = messages.find(({ role }) => role === 'user')?.content ?? '';
    const agent = calledBy[prompt]?.[messages.filter(({ role }) => role === 'tool').length];
    return agent === undefined ? 'Done.' : calling('run_agent', { agent, prompt: `to ${agent}` });
  });
  const worker = await fixture.worker(model);
  const id = await org.start('one');
  await untilRun(org.runs, id, 'COMPLETED');
  const third = (await org.runs.list({ agentName: 'three' })).items[0];
  expect(third?.callStack).toEqual(['one', 'two']);
  const steps = (await org.runs.steps(third?.id ?? '')).items.filter(({ type }) => type === 'AGENT');
  expect(steps.map(({ output }) => output)).toEqual([
    { result: { error: expect.stringContaining('AGENT_CYCLE: "one" is running already: one → two → three → one.') } },
    { result: { error: expect.stringContaining('AGENT_TOO_DEEP: agents call agents 3 deep here, and one → two → three → four') } },
    { result: { error: expect.stringContaining('AGENT_TOO_DEEP') } },
  ]);
  expect((await org.runs.get(id)).output).toEqual({ text: 'Done.' });
  await worker.drain();
});

it('hands a nested run that failed, and one that is cancelled, to the model as a result', async () => {
  const model = new StubModel(({ messages, signal }, index) => {
    if (messages.some(({ content }) => content === 'Fail.')) throw new ModelCallError('refused', 'no such model.');
    if (messages.some(({ content }) => content === 'Hang.'))
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    return index === 0
      ? {
          calls: [
            { name: 'run_agent', args: { agent: 'two', prompt: 'Fail.' } },
            { name: 'run_agent', args: { agent: 'three', prompt: 'Hang.' } },
          ],
        }
      : 'Done.';
  });
  const worker = await fixture.worker(model);
  const id = await org.start('one');
  const hanging = async () => (await org.runs.list({ agentName: 'three', status: 'RUNNING' })).items[0];
  await until('the second nested run is under way', async () => (await hanging()) !== undefined);
  await org.runs.cancel((await hanging())?.id ?? '');
  await untilRun(org.runs, id, 'COMPLETED');
  expect(resultsIn(model.requests.at(-1))).toEqual([
    { error: expect.stringContaining('MODEL_CALL_FAILED: The language model could not be called: no such model.') },
    { error: 'The run of that agent was cancelled.' },
  ]);
  await worker.drain();
});

describe('a question', () => {
  const schema = { type: 'object', properties: { name: { type: 'string' }, ages: { type: 'array', items: { type: 'integer' } } }, required: ['name'] };
  const questions = (): InputRequestsService => new InputRequestsService(fixture.database.current);

  async function asked(model: StubModel) {
    const worker = await fixture.worker(model);
    const id = await org.start('one');
    await untilRun(org.runs, id, 'WAITING_INPUT');
    const [request] = await org.asOwner(async () => (await questions().list({ runId: id, isOpen: true })).items);
    return { worker, id, request: request?.id ?? '' };
  }

  it('holds no worker and no connection; its answer is checked, taken once, and read by the model within 100 ms', async () => {
    let resumedAt = 0;
    const model = new StubModel((_request, index) => {
      if (index === 0) return calling('ask_for_input', { prompt: 'Who?', schema });
      resumedAt = performance.now();
      return 'Thanks.';
    });
    const { worker, id, request } = await asked(model);
    await until('the worker is idle', () => worker.load.running === 0);
    expect(await fixture.rows(`select 1 from app.job where kind = 'run.advance'`)).toEqual([]);
    expect(await org.asOwner(() => questions().get(request))).toMatchObject({ prompt: 'Who?', agentName: 'one', isOpen: true, respondedAt: null });

    await expect(org.asOwner(() => questions().answer(request, { ages: ['x'], name: 'Ada' }))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      errors: [{ field: 'response.ages[0]', message: 'must be integer' }],
    });
    await expect(org.asOwner(() => questions().answer(request, {}))).rejects.toMatchObject({ errors: [expect.objectContaining({ field: 'response.name' })] });
    const answers = await Promise.allSettled([1, 2, 3].map((n) => org.asOwner(() => questions().answer(request, { name: `Ada ${n}` }))));
    const answeredAt = performance.now();
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'INPUT_REQUEST_CLOSED', httpStatus: 409 });
    await untilRun(org.runs, id, 'COMPLETED');
    expect(resumedAt - answeredAt).toBeLessThan(100);
    expect(resultsIn(model.requests[1])).toEqual([{ name: expect.stringMatching(/^Ada \d$/) }]);
    expect(await org.asOwner(() => questions().get(request))).toMatchObject({ isOpen: false, respondedBy: org.userId });
    expect(await fixture.rows(`select actor_id from app.audit_log where action = 'input_request.answered' and subject_id = $1`, [request])).toEqual([
      { actor_id: org.userId },
    ]);
    expect(await fixture.told(id)).toEqual([
      'RUN_STATUS QUEUED',
      'RUN_STATUS RUNNING',
      'STEP_STARTED',
      'STEP_ENDED COMPLETED',
      'STEP_STARTED',
      'INPUT_REQUESTED',
      'RUN_STATUS WAITING_INPUT',
      'INPUT_ANSWERED',
      'STEP_ENDED COMPLETED',
      'RUN_STATUS QUEUED',
      'RUN_STATUS RUNNING',
      'STEP_STARTED',
      'STEP_ENDED COMPLETED',
      'RUN_STATUS COMPLETED',
    ]);
    await worker.drain();
  });

  it('is closed when its run is cancelled', async () => {
    const { worker, id, request } = await asked(answering(calling('ask_for_input', { prompt: 'Who?' })));
    await org.runs.cancel(id);
    await expect(org.asOwner(() => questions().answer(request, 1))).rejects.toMatchObject({ code: 'INPUT_REQUEST_CLOSED' });
    expect((await org.runs.steps(id)).items.map(({ status }) => status)).toEqual(['COMPLETED', 'CANCELLED']);
    await worker.drain();
  });

  it('with a schema that could keep the process busy is not asked', async () => {
    const { model } = await runWith(calling('ask_for_input', { prompt: 'Who?', schema: { type: 'string', pattern: '(a+)+$' } }), 'Done.');
    expect(resultsIn(model.requests[1])).toEqual([{ error: expect.stringContaining('"pattern"') }]);
  });
});
