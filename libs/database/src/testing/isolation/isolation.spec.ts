import { createTestDatabase, type TestDatabase } from '../test-database.js';
import { withAdmin } from '../admin.js';
import type { IsolationCheck } from './checks/check.js';
import { columnGrantsCheck } from './checks/column-grants.check.js';
import { escapesCheck } from './checks/escapes.check.js';
import { foreignKeysCheck } from './checks/foreign-keys.check.js';
import { functionsCheck } from './checks/functions.check.js';
import { rowsCheck } from './checks/rows.check.js';
import { uniqueKeysCheck } from './checks/unique-keys.check.js';
import { formatReport } from './findings.js';
import { proveIsolation } from './prove.js';

/** One guard of the schema taken out, and the check that must see it by behaviour. */
interface Loosening {
  readonly guard: string;
  readonly statements: readonly string[];
  readonly check: IsolationCheck;
  readonly object: string;
}

const LOOSENINGS: readonly Loosening[] = [
  { guard: 'USING', statements: ['alter policy tenant_isolation on app.agent using (true)'], check: rowsCheck, object: 'agent' },
  { guard: 'WITH CHECK', statements: ['alter policy tenant_isolation on app.agent with check (true)'], check: rowsCheck, object: 'agent' },
  { guard: 'row security', statements: ['alter table app.agent disable row level security'], check: rowsCheck, object: 'agent' },
  { guard: 'table grant', statements: ['grant select on app.refresh_token to app_tenant'], check: columnGrantsCheck, object: 'refresh_token.token_hash' },
  { guard: 'column grant', statements: ['grant update (created_at) on app.agent to app_tenant'], check: columnGrantsCheck, object: 'agent.created_at' },
  {
    guard: 'composite key',
    statements: [
      'alter table app.agent add constraint uq_agent_id unique (id)',
      'alter table app.task drop constraint fk_task_agent_id',
      'alter table app.task add constraint fk_task_agent_id foreign key (agent_id) references app.agent (id)',
    ],
    check: foreignKeysCheck,
    object: 'task',
  },
  {
    guard: 'unique key led by org_id',
    statements: ['create unique index uq_agent_name_everywhere on app.agent (name)'],
    check: uniqueKeysCheck,
    object: 'agent',
  },
  {
    guard: 'revoked set_config',
    statements: ['grant execute on function pg_catalog.set_config(text, text, boolean) to public'],
    check: escapesCheck,
    object: 'connection',
  },
  {
    guard: 'revoked advisory locks',
    statements: ['grant execute on function pg_catalog.pg_advisory_lock(bigint) to public'],
    check: escapesCheck,
    object: 'connection',
  },
  { guard: 'revoked function', statements: ['grant execute on function app.queue_lag() to app_tenant'], check: functionsCheck, object: 'queue_lag()' },
  {
    guard: 'revoked trigger function',
    statements: ['grant execute on function app.job_takes_place() to public'],
    check: functionsCheck,
    object: 'job_takes_place()',
  },
  {
    guard: 'review of new functions',
    statements: ['create function app.peek() returns bigint language sql as $$ select count(*) from app.agent $$'],
    check: functionsCheck,
    object: 'peek()',
  },
  {
    guard: 'fixed search path',
    statements: ['alter function app.shares_organization(uuid) reset search_path'],
    check: functionsCheck,
    object: 'shares_organization(uuid)',
  },
  {
    guard: "owner of owner's rights",
    statements: ['alter function app.write_audit(text, text, text, jsonb) owner to current_user'],
    check: functionsCheck,
    object: 'write_audit(text, text, text, jsonb)',
  },
  { guard: 'sequence grant', statements: ['grant select on sequence app.job_clock to app_tenant'], check: functionsCheck, object: 'job_clock' },
  { guard: "view with the caller's rights", statements: ['create view app.agents as select * from app.agent'], check: functionsCheck, object: 'agents' },
];

describe('the isolation prover', () => {
  const databases: TestDatabase[] = [];

  async function freshDatabase(): Promise<TestDatabase> {
    const database = await createTestDatabase();
    databases.push(database);
    return database;
  }

  afterAll(async () => {
    for (const database of databases) await database.drop();
  });

  it('finds that every attack is held on the schema as it is migrated', async () => {
    const report = await proveIsolation(await freshDatabase());

    expect([...report.broken, ...report.unknown]).toEqual([]);
    expect(report.held).toBeGreaterThan(1_000);
    expect(formatReport(report)).toContain('0 broken, 0 could not look');
  }, 120_000);

  it.each(LOOSENINGS)(
    'sees red when the guard "$guard" is taken out',
    async ({ statements, check, object }) => {
      const database = await freshDatabase();
      await withAdmin(database.urls.admin, async (admin) => {
        for (const statement of statements) await admin.query(statement);
      });

      const report = await proveIsolation(database, [check]);

      expect(report.broken.map((finding) => finding.object)).toContain(object);
    },
    60_000,
  );
});
