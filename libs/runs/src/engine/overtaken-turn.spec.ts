import { createLogger } from '#database';
import { InputRequestsService } from '../input-requests.service.js';
import { createRunsFixture, until, type RunsFixture, type RunsOrganization } from '../testing/runs-fixture.js';
import { calling, StubModel, type StubAnswer } from '../testing/stub-model.js';
import type { RunEngine } from './run-engine.js';

let fixture: RunsFixture;
let org: RunsOrganization;

beforeAll(async () => {
  fixture = await createRunsFixture();
  org = await fixture.organization();
  await org.agent('helper', ['run_agent', 'ask_for_input']);
  await org.agent('other');
});
afterAll(() => fixture?.drop());

const logger = createLogger('overtaken-turn-test');
logger.level = 'silent';

const advance = (engine: RunEngine, runId: string, turn: number) => {
  const { signal } = new AbortController();
  return engine.advance({ db: fixture.database.tenant(org.orgId), runId, turn, signal, draining: signal, logger });
};

/** The turns of the run for which jobs wait. */
const turns = async (runId: string): Promise<number[]> =>
  (await fixture.rows<{ turn: number }>(`select (payload ->> 'turn')::int as turn from app.job where payload ->> 'runId' = $1 order by 1`, [runId])).map(
    ({ turn }) => turn,
  );

/** Starts a run whose job a worker has, which dies later. */
async function startClaimed(): Promise<string> {
  const id = await org.start('helper');
  await fixture.rows(`update app.job set state = 'RUNNING', locked_by = 'a worker', lease_until = now() + interval '1 hour' where payload ->> 'runId' = $1`, [
    id,
  ]);
  return id;
}

/** Answers the first call like this, and every later one of the agent only when `release` is called. */
function gatedAfter(first: StubAnswer) {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let calls = 0;
  const model = new StubModel(async ({ messages }) => {
    if (messages.some(({ content }) => content === 'For the other one.')) return 'Found.';
    calls += 1;
    if (calls === 1) return first;
    await released;
    return 'Done.';
  });
  return { model, release, calls: () => calls };
}

/**
 * The job of turn 0 runs once more because its worker died after its last write, at once with the job of turn 1, as after an outage
 * when all workers come back.
 */
async function runBothTurns(engine: RunEngine, id: string, { release, calls }: ReturnType<typeof gatedAfter>): Promise<unknown[]> {
  expect(await turns(id)).toEqual([0, 1]);
  const settled: unknown[] = [];
  const run = async (turn: number): Promise<void> => {
    settled.push(`${turn} ${await advance(engine, id, turn)}`);
  };
  const old = run(0);
  await until('turn 0 is over or calls the model', () => settled.length === 1 || calls() === 2);
  const next = run(1);
  await until('turn 1 is over or calls the model', () => settled.length === 2 || calls() === 2);
  release();
  await Promise.all([old, next]);
  return settled;
}

const steps = async (id: string) => (await org.runs.steps(id)).items.map(({ type, status }) => `${type} ${status}`);

it('a turn that begins with the end of a nested run is not called for by the turn before as well', async () => {
  const gate = gatedAfter(calling('run_agent', { agent: 'other', prompt: 'For the other one.' }));
  const engine = fixture.engine(gate.model);
  const id = await startClaimed();
  expect(await advance(engine, id, 0)).toBe('WAITS');
  const [child] = await fixture.rows<{ id: string }>('select id from app.run where parent_run_id = $1', [id]);
  expect(await advance(engine, child?.id ?? '', 0)).toBe('COMPLETED');

  expect(await runBothTurns(engine, id, gate)).toEqual(['0 GONE', '1 COMPLETED']);
  expect(gate.calls()).toBe(2);
  expect(await steps(id)).toEqual(['MODEL COMPLETED', 'AGENT COMPLETED', 'MODEL COMPLETED']);
});

it('nor a turn that begins with an answer', async () => {
  const gate = gatedAfter(calling('ask_for_input', { prompt: 'Who?' }));
  const engine = fixture.engine(gate.model);
  const id = await startClaimed();
  expect(await advance(engine, id, 0)).toBe('WAITS');
  const questions = new InputRequestsService(fixture.database.tenant(org.orgId));
  const [question] = (await questions.list({ runId: id })).items;
  await questions.answer(question?.id ?? '', 'Ada');

  expect(await runBothTurns(engine, id, gate)).toEqual(['0 GONE', '1 COMPLETED']);
  expect(gate.calls()).toBe(2);
  expect(await steps(id)).toEqual(['MODEL COMPLETED', 'INPUT COMPLETED', 'MODEL COMPLETED']);
});

it('a nested run that ends and a caller that is cancelled at once do not wait in a circle', async () => {
  for (let round = 0; round < 15; round += 1) {
    const gate = gatedAfter(calling('run_agent', { agent: 'other', prompt: 'For the other one.' }));
    const engine = fixture.engine(gate.model);
    const id = await org.start('helper');
    await advance(engine, id, 0);
    const [child] = await fixture.rows<{ id: string }>('select id from app.run where parent_run_id = $1', [id]);
    const [ended] = await Promise.all([advance(engine, child?.id ?? '', 0), org.asOwner(() => org.runs.cancel(id))]);
    expect(['COMPLETED', 'GONE']).toContain(ended);
    expect((await org.runs.get(id)).status).toBe('CANCELLED');
  }
});
