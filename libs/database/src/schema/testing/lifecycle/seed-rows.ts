import type { ClientBase } from 'pg';

const USER = '01900000-0000-7000-8000-000000000001';
const ORGANIZATION = '01900000-0000-7000-8000-000000000002';
const AGENT = '01900000-0000-7000-8000-000000000003';
const RUN = '01900000-0000-7000-8000-000000000004';
const TEAM = '01900000-0000-7000-8000-000000000005';
const ROLE = '01900000-0000-7000-8000-000000000006';

/** One organization with something in most tables, so that a repair has rows to lose. */
const ROWS: readonly string[] = [
  `insert into app."user" (id, email, name) values ('${USER}', 'ada@example.test', 'Ada')`,
  `insert into app.organization (id, name, slug, created_by) values ('${ORGANIZATION}', 'Ours', 'ours', '${USER}')`,
  `insert into app.organization_user (org_id, user_id, role) values ('${ORGANIZATION}', '${USER}', 'OWNER')`,
  `insert into app.agent (org_id, id, name, description, created_by) values ('${ORGANIZATION}', '${AGENT}', 'writer', 'Writes', '${USER}')`,
  `insert into app.run (org_id, id, agent_name, initial_prompt, created_by) values ('${ORGANIZATION}', '${RUN}', 'writer', 'Write', '${USER}')`,
  `insert into app.step (org_id, id, run_id, sequence_number, "type", model)
     select '${ORGANIZATION}', gen_random_uuid(), '${RUN}', n, 'MODEL', 'small' from generate_series(1, 3) n`,
  `insert into app.task (org_id, id, agent_id, run_id, title, priority) values ('${ORGANIZATION}', gen_random_uuid(), '${AGENT}', '${RUN}', 'First', 3)`,
  `insert into app.workflow_data (org_id, uid, run_id, "key", value) values ('${ORGANIZATION}', gen_random_uuid(), '${RUN}', 'draft', '1')`,
  `insert into app.file (org_id, id, name, storage_key, mime_type, size_bytes) values ('${ORGANIZATION}', gen_random_uuid(), 'a.txt', 'k1', 'text/plain', 3)`,
  `insert into app.team (org_id, id, name, slug, description) values ('${ORGANIZATION}', '${TEAM}', 'Core', 'core', 'The core')`,
  `insert into app.role (org_id, id, name) values ('${ORGANIZATION}', '${ROLE}', 'Editor')`,
  `insert into app.team_membership (org_id, id, team_id, user_id, role_id) values ('${ORGANIZATION}', gen_random_uuid(), '${TEAM}', '${USER}', '${ROLE}')`,
  `insert into app.email_template (org_id, id, "key", subject) values ('${ORGANIZATION}', gen_random_uuid(), 'welcome', 'Welcome')`,
  `insert into app.api_key (org_id, id, name, prefix, key_hash, scopes) values ('${ORGANIZATION}', gen_random_uuid(), 'ci', 'pl_', 'h', '{read}')`,
  `insert into app.audit_log (org_id, id, actor_type, action) values ('${ORGANIZATION}', gen_random_uuid(), 'SYSTEM', 'made')`,
  `insert into app.organization_usage (org_id, id, period_start, period_end, total_cost_micros)
     values ('${ORGANIZATION}', gen_random_uuid(), '2026-01-01', '2026-02-01', 1234500)`,
  `insert into app.rate_limit ("key", points) values ('a', 1)`,
  `insert into app.job_schedule (kind, cron) values ('sweep', '* * * * *')`,
];

/** Fills a migrated database, past row security: `client` is the superuser's. */
export async function seedRows(client: Pick<ClientBase, 'query'>): Promise<void> {
  for (const statement of ROWS) await client.query(statement);
}
