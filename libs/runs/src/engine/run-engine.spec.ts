import { answering, calling } from '../testing/stub-model.js';
import { createRunsFixture, untilRun, type RunsFixture } from '../testing/runs-fixture.js';

let fixture: RunsFixture;

beforeAll(async () => {
  fixture = await createRunsFixture();
});
afterAll(() => fixture.drop());

it('runs one model call, by the queue, and keeps what it said', async () => {
  const model = answering('Hello.');
  const worker = await fixture.worker(model);
  const { runs, agent, start } = await fixture.organization();
  await agent('helper');
  const id = await start('helper', 'Say hello.');
  await untilRun(runs, id, 'COMPLETED');

  expect(await runs.get(id)).toMatchObject({ output: { text: 'Hello.' }, stepCount: 1, totalTokens: 15, costMicros: 7, errorCode: null });
  expect((await runs.steps(id)).items).toEqual([
    expect.objectContaining({ sequenceNumber: 1, type: 'MODEL', status: 'COMPLETED', model: 'stub', inputTokens: 10, outputTokens: 5, costMicros: 7 }),
  ]);
  expect(model.requests[0]).toMatchObject({
    model: 'stub',
    messages: [
      { role: 'system', content: 'You help.' },
      { role: 'user', content: 'Say hello.' },
    ],
  });
  expect(await fixture.told(id)).toEqual(['RUN_STATUS QUEUED', 'RUN_STATUS RUNNING', 'STEP_STARTED', 'STEP_ENDED COMPLETED', 'RUN_STATUS COMPLETED']);
  await worker.drain();
});

it('gives the model what its tools answered, and goes on', async () => {
  const model = answering(calling('write_data', { key: 'plan', value: [1, 2], tags: ['a'] }), calling('read_data', { tags: ['a'] }), 'Done.');
  const worker = await fixture.worker(model);
  const { runs, agent, start } = await fixture.organization();
  await agent('writer', ['write_data', 'read_data']);
  const id = await start('writer');
  await untilRun(runs, id, 'COMPLETED');

  const { items } = await runs.steps(id);
  expect(items.map(({ sequenceNumber, type, status }) => `${sequenceNumber} ${type} ${status}`)).toEqual([
    '1 MODEL COMPLETED',
    '2 DATA COMPLETED',
    '3 MODEL COMPLETED',
    '4 DATA COMPLETED',
    '5 MODEL COMPLETED',
  ]);
  expect(items[3]?.output).toEqual({ result: [expect.objectContaining({ key: 'plan', value: [1, 2], tags: ['a'], writtenBy: 'writer' })] });
  expect(model.requests[2]?.messages.slice(2).map(({ role }) => role)).toEqual(['assistant', 'tool', 'assistant', 'tool']);
  await worker.drain();
});
