import { jest } from '@jest/globals';
import type { TenantConnection, Tx } from '#database';
import { InputRequestsService } from './input-requests.service.js';
import { storedAgents } from './persistence/agent-source.js';
import { RunsService } from './runs.service.js';
import { createRunsFixture, untilRun, type RunsFixture, type RunsOrganization } from './testing/runs-fixture.js';
import { answering, calling } from './testing/stub-model.js';

let fixture: RunsFixture;
let org: RunsOrganization;

beforeAll(async () => {
  fixture = await createRunsFixture();
  org = await fixture.organization();
  await org.agent('helper', ['ask_for_input']);
});
afterAll(() => fixture?.drop());

/** A connection that is away as soon as its first transaction was committed. */
function awayAfterCommit(): TenantConnection {
  const db = fixture.database.tenant(org.orgId);
  const transaction = db.transaction.bind(db);
  const away = (): never => {
    throw Object.assign(new Error('away'), { code: '57P01' });
  };
  jest.spyOn(db, 'transaction').mockImplementation(async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const result = await transaction(work);
    for (const method of ['query', 'execute', 'repository', 'transaction'] as const) jest.spyOn(db, method).mockImplementation(away);
    return result;
  });
  return db;
}

// An Idempotency-Key is given back when a request fails: what failed after its commit would be carried out twice.
describe('nothing can fail any more once it took effect:', () => {
  it('starting a run', async () => {
    const runs = new RunsService(awayAfterCommit(), fixture.config, storedAgents);
    const run = await runs.start({ agent: { name: 'helper' }, prompt: 'Do it.' });
    expect(run).toMatchObject({ id: expect.any(String), status: 'QUEUED', agentName: 'helper', prompt: 'Do it.', eventCount: 1 });
    await org.runs.cancel(run.id);
  });

  it('answering a question', async () => {
    const worker = await fixture.worker(answering(calling('ask_for_input', { prompt: 'Who?' }), 'Done.'));
    const id = await org.start('helper');
    await untilRun(org.runs, id, 'WAITING_INPUT');
    const [question] = (await new InputRequestsService(fixture.database.tenant(org.orgId)).list({ runId: id })).items;
    const answered = await new InputRequestsService(awayAfterCommit()).answer(question?.id ?? '', 'Ada');
    expect(answered).toMatchObject({ response: 'Ada', respondedAt: expect.any(Date), isOpen: false });
    await untilRun(org.runs, id, 'COMPLETED');
    await worker.drain();
  });
});
