import { newId, RUN_STATUSES, sqlStateOf, STEP_STATUSES } from '#database';
import { createOrganization, createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { hasEnded, RUN_TRANSITIONS, statesBefore } from './run-states.js';
import { STEP_TRANSITIONS } from './step-states.js';

let test: TestDatabase;
let orgId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  ({ orgId } = await createOrganization(test));
});
afterAll(() => test.drop());

/** Every pair of states between which the database lets a row go, as `FROM TO`; how the others were refused, by SQLSTATE. */
async function allowedByDatabase(table: 'run' | 'step', statuses: readonly string[]): Promise<{ allowed: string[]; refusals: Set<string | undefined> }> {
  const allowed: string[] = [];
  const refusals = new Set<string | undefined>();
  await withAdmin(test.urls.admin, async (admin) => {
    const runId = newId();
    await admin.query(`insert into app.run (org_id, id, agent_name) values ($1, $2, 'helper')`, [orgId, runId]);
    for (const [index, from] of statuses.entries()) {
      const id = newId();
      if (table === 'run') await admin.query(`insert into app.run (org_id, id, agent_name, status) values ($1, $2, 'helper', $3)`, [orgId, id, from]);
      else
        await admin.query(`insert into app.step (org_id, id, run_id, sequence_number, type, status) values ($1, $2, $3, $4, 'MODEL', $5)`, [
          orgId,
          id,
          runId,
          index + 1,
          from,
        ]);
      for (const to of statuses.filter((other) => other !== from)) {
        await admin.query('begin');
        try {
          await admin.query(`update app.${table} set status = $1 where id = $2`, [to, id]);
          allowed.push(`${from} ${to}`);
        } catch (error) {
          refusals.add(sqlStateOf(error));
        }
        await admin.query('rollback');
      }
    }
  });
  return { allowed: allowed.sort(), refusals };
}

const pairsOf = (table: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] =>
  Object.entries(table)
    .flatMap(([from, next]) => Object.values(next).map((to) => `${from} ${to}`))
    .sort();

it('the database lets a run go where the table says, and nowhere else', async () => {
  expect(Object.keys(RUN_TRANSITIONS)).toEqual([...RUN_STATUSES]);
  expect(await allowedByDatabase('run', RUN_STATUSES)).toEqual({ allowed: pairsOf(RUN_TRANSITIONS), refusals: new Set(['PL005']) });
});

it('the database lets a step go where the table says, and nowhere else', async () => {
  expect(Object.keys(STEP_TRANSITIONS)).toEqual([...STEP_STATUSES]);
  expect(await allowedByDatabase('step', STEP_STATUSES)).toEqual({ allowed: pairsOf(STEP_TRANSITIONS), refusals: new Set(['PL005']) });
});

it('a run has ended where nothing can happen to it any more', () => {
  expect(RUN_STATUSES.filter(hasEnded)).toEqual(['COMPLETED', 'FAILED', 'CANCELLED']);
  expect(statesBefore('CANCEL')).toEqual(['QUEUED', 'RUNNING', 'WAITING_INPUT']);
});
