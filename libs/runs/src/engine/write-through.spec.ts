import { jest } from '@jest/globals';
import { createLogger, type TenantConnection } from '#database';
import { createRunsFixture, type RunsFixture, type RunsOrganization } from '../testing/runs-fixture.js';
import { answering, calling } from '../testing/stub-model.js';

let fixture: RunsFixture;
let org: RunsOrganization;

beforeAll(async () => {
  fixture = await createRunsFixture();
  org = await fixture.organization();
  await org.agent('helper', ['write_data']);
});
afterAll(() => fixture?.drop());

const logger = createLogger('write-through-test');
logger.level = 'silent';

const deadlock = (): Error => Object.assign(new Error('deadlock detected'), { code: '40P01' });
const isEndOfStep = (text: string, parameters: unknown): boolean =>
  text.includes('ended as') && Reflect.get(Object(parameters), 'endId') !== null && Reflect.get(Object(parameters), 'runId') !== undefined;

/** A connection on which this happens once to the statement that writes the end of a step. */
function failingOnce(how: (write: () => Promise<object[]>) => Promise<object[]>): TenantConnection {
  const db = fixture.database.tenant(org.orgId);
  const query = db.query.bind(db);
  let failed = false;
  jest.spyOn(db, 'query').mockImplementation(async (text: string, parameters?: Parameters<typeof query>[1]) => {
    if (failed || !isEndOfStep(text, parameters)) return query(text, parameters);
    failed = true;
    return how(() => query(text, parameters));
  });
  return db;
}

const advance = (db: TenantConnection, model: ReturnType<typeof answering>, runId: string, signal = new AbortController().signal) =>
  fixture.engine(model).advance({ db, runId, turn: 0, signal, draining: signal, logger });

it('an answer that could not be written at first is written, and its call is not lost', async () => {
  const id = await org.start('helper');
  const model = answering('Done.');
  expect(
    await advance(
      failingOnce(() => Promise.reject(deadlock())),
      model,
      id,
    ),
  ).toBe('COMPLETED');
  expect(await org.runs.get(id)).toMatchObject({ status: 'COMPLETED', output: { text: 'Done.' }, totalTokens: 15 });
  expect(model.requests).toHaveLength(1);
});

it('what was written although it seemed not to be is not written twice; who comes next goes on from there', async () => {
  const id = await org.start('helper');
  const model = answering(calling('write_data', { key: 'a', value: 1 }), 'Done.');
  const answerLost = failingOnce(async (write) => {
    await write();
    throw deadlock();
  });
  await expect(advance(answerLost, model, id)).rejects.toMatchObject({ code: '40P01' });
  expect(await org.runs.get(id)).toMatchObject({ status: 'RUNNING', totalTokens: 15 });
  expect(await advance(fixture.database.tenant(org.orgId), model, id)).toBe('COMPLETED');
  expect(await org.runs.get(id)).toMatchObject({ totalTokens: 30 });
  expect((await org.runs.steps(id)).items.map(({ type, status }) => `${type} ${status}`)).toEqual(['MODEL COMPLETED', 'DATA COMPLETED', 'MODEL COMPLETED']);
  expect(model.requests).toHaveLength(2);
});

it('a worker that has lost its lease does not try again', async () => {
  const id = await org.start('helper');
  const lease = new AbortController();
  const db = failingOnce(() => {
    lease.abort(new Error('lost'));
    return Promise.reject(deadlock());
  });
  await expect(advance(db, answering('Done.'), id, lease.signal)).rejects.toMatchObject({ code: '40P01' });
  expect((await org.runs.get(id)).status).toBe('RUNNING');
});
