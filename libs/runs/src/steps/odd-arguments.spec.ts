import { createRunsFixture, untilRun, type RunsFixture, type RunsOrganization } from '../testing/runs-fixture.js';
import { StubModel } from '../testing/stub-model.js';

let fixture: RunsFixture;
let org: RunsOrganization;

beforeAll(async () => {
  fixture = await createRunsFixture();
  org = await fixture.organization();
  await org.agent('helper', ['write_data']);
});
afterAll(() => fixture?.drop());

const DEPTH = 100_000;

/** What becomes of a run whose model calls write_data with this text as arguments, and what the model is told. */
async function told(text: string): Promise<{ status: string; totalTokens: number; said: string | null }> {
  const model = new StubModel((_request, index) => (index === 0 ? { toolCalls: [{ id: 'call_1', name: 'write_data', arguments: text }] } : 'I see.'));
  const worker = await fixture.worker(model);
  const id = await org.start('helper');
  await untilRun(org.runs, id, 'COMPLETED', 5_000).catch(() => undefined);
  await worker.drain();
  const { status, totalTokens } = await org.runs.get(id);
  return { status, totalTokens, said: model.requests.at(-1)?.messages.at(-1)?.content ?? null };
}

describe('a model that writes odd arguments is told so, and its run goes on', () => {
  it.each([
    ['a list', `{"key": "a", "value": ${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`],
    ['an object', `{"key": "a", "value": ${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}}`],
  ])('nested a hundred thousand deep: %s', async (_name, text) => {
    expect(await told(text)).toEqual({ status: 'COMPLETED', totalTokens: 30, said: expect.stringContaining('not a JSON object') });
  });

  it('with a property that is named as a function of JavaScript, beside text that cannot be stored', async () => {
    const text = JSON.stringify({ key: 'a', value: { toJSON: 1, text: 'a\0b\uD800' } });
    expect(await told(text)).toMatchObject({ status: 'COMPLETED', totalTokens: 30, said: expect.stringContaining('"id"') });
    expect(await fixture.rows(`select value from app.workflow_data where key = 'a'`)).toEqual([{ value: { toJSON: 1, text: 'a\uFFFDb\uFFFD' } }]);
  });
});
