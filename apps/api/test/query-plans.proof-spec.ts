import { RunsConfig, type Database, type TenantConnection } from '#database';
import { createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { AuditLogService } from '#identity';
import { InputRequestsService, RunsService, TasksService, UsageService, WorkflowDataService } from '#runs';
import { pageOfApiCalls } from '#service';
import { explained } from './support/explained.js';

const ORGANIZATIONS = 200;
/** Runs of each organization: 1,000,000 in all. */
const RUNS = 5_000;
/** Rows of the other tables for each organization. */
const OTHERS = 500;
/** How long making the rows and looking at the plans may take together, in milliseconds. */
const TIMEOUT_MS = 300_000;

let test: TestDatabase;
let database: Database;
let db: TenantConnection;
let runId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await test.open();
  await fill();
  const [org] = await rows<{ id: string }>('select id from app.organization order by id offset 100 limit 1');
  db = database.tenant(org?.id ?? '');
  const [run] = await rows<{ id: string }>(`select id from app.run where org_id = $1 and status = 'COMPLETED' limit 1`, [org?.id]);
  runId = run?.id ?? '';
}, TIMEOUT_MS);
afterAll(() => test?.drop());

const rows = <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> =>
  withAdmin(test.urls.admin, async (admin) => (await admin.query<R>(text, [...values])).rows);

/** Ids in the order of their rows, as those that time orders. */
const ID = `('00000000-0000-7000-8000-' || lpad(to_hex(o.place * 1000000 + n), 12, '0'))::uuid`;
const ofEach = (count: number): string => `from organizations o, generate_series(1, ${count}) n`;
const AGO = `now() - n * interval '10 minutes'`;

const FILL: Readonly<Record<string, string>> = {
  run: `insert into app.run (org_id, id, agent_name, session_id, status, created_at, completed_at, usage_counted_at)
    select o.id, ${ID}, 'agent ' || n % 20, 'session ' || n % 500, s.status, ${AGO}, case when s.ended then ${AGO} end, case when s.ended and n > 20 then now() end
    ${ofEach(RUNS)}, lateral (select case when n % 100 = 0 then 'RUNNING' when n % 100 = 1 then 'WAITING_INPUT' when n % 10 = 2 then 'FAILED' else 'COMPLETED' end as status,
      n % 100 > 1 as ended) s`,
  agent: `insert into app.agent (org_id, id, name) select o.id, o.agent_id, 'agent' from organizations o`,
  task: `insert into app.task (org_id, id, agent_id, title, status, created_at)
    select o.id, ${ID}, o.agent_id, 'Task', case when n % 100 = 0 then 'PENDING' else 'COMPLETED' end, ${AGO} ${ofEach(OTHERS)}`,
  workflow_data: `insert into app.workflow_data (org_id, uid, run_id, key) select o.id, ${ID}, ${ID}, 'key ' || n % 50 ${ofEach(OTHERS)}`,
  input_request: `insert into app.input_request (org_id, id, run_id, request_type, prompt, requested_at, responded_at)
    select o.id, ${ID}, ${ID}, 'ANSWER', 'What?', ${AGO}, case when n % 100 <> 1 then now() end ${ofEach(OTHERS)}`,
  api_call: `insert into app.api_call (org_id, id, method, route, status_code, duration_ms, request_id, created_at)
    select o.id, ${ID}, 'GET', '/v1/me', 200, 1, '', ${AGO} ${ofEach(OTHERS)}`,
  audit_log: `insert into app.audit_log (org_id, id, actor_type, action, subject_type, subject_id, created_at)
    select o.id, ${ID}, 'USER', 'agent.updated', 'agent', (n % 5)::text, ${AGO} ${ofEach(OTHERS)}`,
  organization_usage: `insert into app.organization_usage (org_id, id, period_start, period_end)
    select o.id, gen_random_uuid(), d, d + interval '1 day' from organizations o, generate_series(timestamptz '2024-01-01Z', '2026-12-31Z', interval '1 day') d`,
};

/** Rows of 200 organizations, past every guard, which is what makes it quick; indexes are built once the rows are there. */
async function fill(): Promise<void> {
  await withAdmin(test.urls.admin, async (admin) => {
    await admin.query(`set session_replication_role = replica; set maintenance_work_mem = '256MB'; set synchronous_commit = off; set time zone 'UTC'`);
    await admin.query(`insert into app.organization (id, name, slug) select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Org', 'org-' || n
      from generate_series(1, ${ORGANIZATIONS}) n`);
    await admin.query(
      `create temp table organizations as select id, row_number() over (order by id) as place, gen_random_uuid() as agent_id from app.organization`,
    );
    for (const [table, insert] of Object.entries(FILL)) {
      const { rows: indexes } = await admin.query<{ name: string; definition: string }>(
        `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
          where i.indrelid = ('app.' || $1)::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
        [table],
      );
      for (const { name } of indexes) await admin.query(`drop index ${name}`);
      await admin.query(insert);
      for (const { definition } of indexes) await admin.query(definition);
      await admin.query(`analyze app.${table}`);
    }
  });
}

interface Question {
  readonly ask: (connection: TenantConnection) => Promise<unknown>;
  /** What each of its statements reads, in the order of their names. */
  readonly by: readonly (readonly RegExp[])[];
  /** True: the index gives the order too. */
  readonly isOrdered: boolean;
}

const runs = (connection: TenantConnection): RunsService => new RunsService(connection, new RunsConfig(), { find: () => Promise.resolve(undefined) });
const USAGE = [/^ix_run_uncounted$/, /^uq_organization_usage_period_start_period_end$/, /^uq_step_run_id_sequence_number$/];

/** The questions that the data model was made for, asked as services ask them. */
const QUESTIONS: readonly (readonly [string, Question])[] = [
  ['the latest runs', { ask: (c) => runs(c).list(), by: [[/^ix_run_created_at$/]], isOrdered: true }],
  ['the page after the latest runs', { ask: nextPageOfRuns, by: [[/^ix_run_created_at$/], [/^ix_run_created_at$/]], isOrdered: true }],
  ['the runs of a session', { ask: (c) => runs(c).list({ sessionId: 'session 7' }), by: [[/^ix_run_session_id$/]], isOrdered: false }],
  ['runs under way', { ask: (c) => runs(c).list({ status: 'RUNNING' }), by: [[/^ix_run_(open|created_at)$/]], isOrdered: false }],
  ['runs that have ended', { ask: (c) => runs(c).list({ status: 'COMPLETED' }), by: [[/^ix_run_created_at$/]], isOrdered: true }],
  ['tasks that wait', { ask: (c) => new TasksService(c).list({ status: 'PENDING' }), by: [[/^(ix_task_status|pk_task)$/]], isOrdered: false }],
  ['the newest tasks', { ask: (c) => new TasksService(c).list(), by: [[/^pk_task$/]], isOrdered: true }],
  ['the newest requests', { ask: (c) => pageOfApiCalls(c, { limit: 50 }), by: [[/^ix_api_call_created_at$/]], isOrdered: true }],
  ['the newest audit entries', { ask: (c) => new AuditLogService(c).list(), by: [[/^ix_audit_log_created_at$/]], isOrdered: true }],
  [
    'the audit entries of a thing',
    { ask: (c) => new AuditLogService(c).list({ subjectType: 'agent', subjectId: '3' }), by: [[/^ix_audit_log_subject$/]], isOrdered: true },
  ],
  [
    'open questions',
    {
      ask: (c) => new InputRequestsService(c).list({ isOpen: true, limit: 10 }),
      by: [[/^ix_input_request_open$/], [/^pk_input_request$/, /^pk_run$/]],
      isOrdered: false,
    },
  ],
  [
    'the data of a run by key',
    {
      ask: (c) => new WorkflowDataService(c).list(runId, { key: 'key 7' }),
      by: [[/^pk_run$/], [/^ix_run_parent_run_id$/, /^ix_workflow_data_(key|run_id)$/, /^pk_run$/, /^pk_run$/]],
      isOrdered: false,
    },
  ],
  ['the usage of a month by day', { ask: (c) => new UsageService(c).period('2026-10-01', '2026-10-31'), by: [USAGE], isOrdered: false }],
  ['the usage of this month', { ask: (c) => new UsageService(c).current(), by: [USAGE], isOrdered: false }],
];

async function nextPageOfRuns(connection: TenantConnection): Promise<void> {
  const { nextCursor } = await runs(connection).list();
  await runs(connection).list({ cursor: nextCursor ?? '' });
}

it.each(QUESTIONS)('%s: one index for each table, and nothing is read through or sorted that need not be', async (_name, { ask, by, isOrdered }) => {
  const plans = await explained(db, ask);
  expect(plans.map(({ indexes }) => indexes.toSorted())).toEqual(by.map((indexes) => indexes.map((index) => expect.stringMatching(index) as unknown)));
  const nodes = plans.flatMap((plan) => plan.nodes);
  expect(nodes.filter((node) => node.includes('Seq Scan'))).toEqual([]);
  if (isOrdered) expect(nodes.filter((node) => node === 'Sort')).toEqual([]);
});

it('a question that no index answers would be noticed', async () => {
  const [plan] = await explained(db, (connection) => connection.query(`select id from app.step where org_id = :orgId and model = 'x' order by cost_micros`));
  const [whole] = await explained(db, (connection) => connection.query(`select id from app.permission where key > 'a' order by description`));
  expect(plan?.nodes).toContain('Sort');
  expect(whole?.nodes).toEqual(expect.arrayContaining([expect.stringContaining('Seq Scan')]));
});
