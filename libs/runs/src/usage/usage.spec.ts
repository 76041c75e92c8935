import fc from 'fast-check';
import { newId, runWithContext, type TenantConnection } from '#database';
import { countRuns } from '../persistence/usage.js';
import { createRunsFixture, untilRun, type RunsFixture, type RunsOrganization } from '../testing/runs-fixture.js';
import { answering } from '../testing/stub-model.js';
import { countUsage, scanUsage } from './count-usage.js';
import { UsageService, type UsageFigures } from './usage.service.js';

let fixture: RunsFixture;
beforeAll(async () => {
  fixture = await createRunsFixture();
});
afterAll(() => fixture.drop());

interface EndedRun {
  readonly day: string;
  readonly status: string;
  readonly steps: readonly { readonly model: string | null; readonly input: number; readonly output: number; readonly cost: number }[];
}

/** Runs that have ended, as their engine leaves them: a run's tokens and cost are those of its steps. */
async function end(org: RunsOrganization, runs: readonly EndedRun[]): Promise<void> {
  const rows = runs.map((run) => ({ ...run, id: newId() }));
  await fixture.rows(
    `with made as (
       insert into app.run (org_id, id, agent_name, status, total_tokens, cost_micros, completed_at)
       select $1, (r ->> 'id')::uuid, 'one', r ->> 'status', coalesce(sum((s ->> 'input')::bigint + (s ->> 'output')::bigint), 0), coalesce(sum((s ->> 'cost')::bigint), 0),
         (r ->> 'day')::timestamptz from jsonb_array_elements($2::jsonb) r left join lateral jsonb_array_elements(r -> 'steps') s on true group by r returning id
     )
     insert into app.step (org_id, id, run_id, sequence_number, type, status, model, input_tokens, output_tokens, cost_micros)
     select $1, gen_random_uuid(), (r ->> 'id')::uuid, n, 'MODEL', 'COMPLETED', s ->> 'model', (s ->> 'input')::bigint, (s ->> 'output')::bigint, (s ->> 'cost')::bigint
       from jsonb_array_elements($2::jsonb) r, jsonb_array_elements(r -> 'steps') with ordinality as steps (s, n)`,
    [org.orgId, JSON.stringify(rows)],
  );
}

const FIRST = '2026-10-30';
const LAST = '2026-11-02';

interface StoredRun {
  readonly ended: Date;
  readonly status: string;
  readonly tokens: number;
  readonly cost: number;
  readonly steps: readonly { readonly model: string | null; readonly input: number; readonly output: number; readonly cost: number }[];
}

/** Every run of an organization that has ended, with its steps, as they stand in their tables. */
const storedRuns = (orgId: string): Promise<StoredRun[]> =>
  fixture.rows<StoredRun>(
    `select completed_at as ended, status, total_tokens::int as tokens, cost_micros::int as cost, array(
       select jsonb_build_object('model', model, 'input', input_tokens, 'output', output_tokens, 'cost', s.cost_micros) from app.step s where s.run_id = r.id) as steps
       from app.run r where org_id = $1 and completed_at is not null`,
    [orgId],
  );

/** What the answer must be, from the rows of runs and steps alone; both days included. */
function recount(all: readonly StoredRun[], first: string, last: string): UsageFigures {
  const runs = all.filter(({ ended }) => ended >= new Date(first) && ended.toISOString().slice(0, 10) <= last);
  const calls = runs.flatMap(({ steps }) => steps).filter(({ model }) => model !== null);
  const names = [...new Set(calls.map(({ model }) => model ?? ''))];
  const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((total, item) => total + of(item), 0);
  const models = names.map((name) => {
    const own = calls.filter(({ model }) => model === name);
    const [inputTokens, outputTokens, costMicros] = [sum(own, (call) => call.input), sum(own, (call) => call.output), sum(own, (call) => call.cost)];
    return [name, { calls: own.length, inputTokens, outputTokens, costMicros }] as const;
  });
  const statuses = [...new Set(runs.map(({ status }) => status))].map((status) => [status, runs.filter((run) => run.status === status).length] as const);
  return {
    runs: runs.length,
    tokens: sum(runs, ({ tokens }) => tokens),
    costMicros: sum(runs, ({ cost }) => cost),
    runsByStatus: Object.fromEntries(statuses),
    models: Object.fromEntries(models),
  };
}

/** Of a context of its own, as a job has it. */
const alone = <T>(work: () => Promise<T>): Promise<T> => runWithContext({ requestId: newId() }, work);

type Command = { readonly end: readonly EndedRun[] } | { readonly count: 'once' | 'twice' | 'in parallel' | 'killed'; readonly batch: number };

/** One batch whose worker dies before it commits. */
async function killed(db: TenantConnection, batch: number): Promise<void> {
  const dying = db.transaction(async (tx) => {
    await countRuns(tx, batch);
    throw new Error('killed');
  });
  await expect(dying).rejects.toThrow('killed');
}

async function obey(org: RunsOrganization, command: Command): Promise<void> {
  if ('end' in command) return end(org, command.end);
  const { batch } = command;
  const db = fixture.database.tenant(org.orgId);
  const count = (): Promise<number> => countUsage(fixture.database.tenant(org.orgId), { batch });
  switch (command.count) {
    case 'once':
      return void (await count());
    case 'twice':
      return void [await count(), await count()];
    case 'in parallel':
      return void (await Promise.all([alone(count), alone(count), alone(count), alone(() => killed(db, batch))]));
    case 'killed':
      return killed(db, batch);
  }
}

const STEP = fc.record({
  model: fc.constantFrom(null, 'small', 'large', '__proto__'),
  input: fc.nat(1_000),
  output: fc.nat(1_000),
  cost: fc.nat(1_000_000),
});
const RUN = fc.record({
  day: fc.constantFrom('2026-10-30T12:00:00Z', '2026-10-31T23:59:59.999Z', '2026-11-01T00:00:00Z', '2026-11-01T13:00:00+14:00', '2026-11-02T23:59:59.999999Z'),
  status: fc.constantFrom('COMPLETED', 'FAILED', 'CANCELLED'),
  steps: fc.array(STEP, { maxLength: 3 }),
});
const COMMAND: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ end: fc.array(RUN, { minLength: 1, maxLength: 5 }) }),
  fc.record({ count: fc.constantFrom('once', 'twice', 'in parallel', 'killed'), batch: fc.constantFrom(1, 2, 100) }),
);

it('however ends and counting interleave, usage equals a recount of runs and steps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(COMMAND, { minLength: 2, maxLength: 8 }), async (commands) => {
      const [org, other] = [await fixture.organization(), await fixture.organization()];
      await end(other, [{ day: '2026-11-01T00:00:00Z', status: 'FAILED', steps: [{ model: 'small', input: 1, output: 1, cost: 1 }] }]);
      const usage = new UsageService(fixture.database.tenant(org.orgId));
      for (const command of [...commands, { count: 'once', batch: 3 } as const]) {
        await obey(org, command);
        const { from, to, days, ...sum } = await usage.period(FIRST, LAST);
        expect([from, to]).toEqual([new Date(`${FIRST}T00:00:00Z`), new Date('2026-11-03T00:00:00Z')]);
        const all = await storedRuns(org.orgId);
        expect(sum).toEqual(recount(all, FIRST, LAST));
        for (const { date, ...day } of days) expect(day).toEqual(recount(all, date, date));
        expect(await usage.current(new Date('2026-11-20T12:00:00Z'))).toMatchObject(recount(all, '2026-11-01', '2026-11-30'));
        expect(await usage.current(new Date('2026-10-31T23:59:59Z'))).toMatchObject(recount(all, '2026-10-01', '2026-10-31'));
      }
      const left = await fixture.rows('select id from app.run where org_id = $1 and usage_counted_at is null', [org.orgId]);
      expect(left).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

it('a run that the engine ends is used up in the answer at once, and the same after it was counted', async () => {
  const org = await fixture.organization();
  await org.agent('one');
  const id = await org.start('one');
  const worker = await fixture.worker(answering('Done.'));
  await untilRun(org.runs, id, 'COMPLETED');
  await worker.drain();
  const db = fixture.database.tenant(org.orgId);
  const usage = new UsageService(db);
  const before = await usage.current();
  expect(before).toMatchObject({ runs: 1, tokens: 15, costMicros: 7, runsByStatus: { COMPLETED: 1 } });
  expect(before.models).toEqual({ stub: { calls: 1, inputTokens: 10, outputTokens: 5, costMicros: 7 } });
  expect([await countUsage(db), await countUsage(db)]).toEqual([1, 0]);
  expect(await usage.current()).toEqual(before);
  const [stored] = await fixture.rows('select total_runs, total_cost from app.organization_usage where org_id = $1', [org.orgId]);
  expect(stored).toEqual({ total_runs: 1, total_cost: '0.0000' });
});

it('one job for each organization that has something to count, however often it is looked for', async () => {
  await fixture.rows(`update app.run set usage_counted_at = now() where completed_at is not null returning id`);
  const [busy, idle] = [await fixture.organization(), await fixture.organization()];
  await idle.agent('one');
  await idle.start('one');
  await end(busy, [{ day: '2026-11-01T00:00:00Z', status: 'FAILED', steps: [] }]);
  const scan = (): Promise<number> => scanUsage({ unrestricted: fixture.database.unrestricted, tenant: (orgId) => fixture.database.tenant(orgId) });
  expect([await scan(), await scan()]).toEqual([1, 1]);
  expect(await fixture.rows(`select org_id, payload from app.job where kind = 'usage.count'`)).toEqual([{ org_id: busy.orgId, payload: {} }]);
  expect(await fixture.rows(`select distinct reason, actor from app.unrestricted_access where actor = 'usage.scan'`)).toHaveLength(1);
});

it('the last day that there is has its usage too', async () => {
  const org = await fixture.organization();
  expect(await new UsageService(fixture.database.tenant(org.orgId)).period('9999-12-30', '9999-12-30')).toMatchObject({ runs: 0, days: [] });
});

it.each([
  ['2026-11-20', '2026-11-19', 'to'],
  ['2026-02-30', '2026-03-01', 'from'],
  ['2026-11-20', 'tomorrow', 'to'],
  ['2025-01-01', '2026-06-01', 'to'],
  ['0000-01-01', '2026-06-01', 'from'],
  ['9999-12-31', '9999-12-31', 'from'],
])('no usage from %s to %s: it says what is wrong', async (from, to, field) => {
  const org = await fixture.organization();
  await expect(new UsageService(fixture.database.tenant(org.orgId)).period(from, to)).rejects.toMatchObject({
    code: 'USAGE_PERIOD_REFUSED',
    fields: { field },
  });
});
