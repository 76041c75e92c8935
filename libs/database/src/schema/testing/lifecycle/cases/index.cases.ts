import type { DriftCases } from '../drift-case.js';

/** Drops the index and makes it again in another way. */
const again = (name: string, definition: string): string[] => [`drop index app.${name}`, `create ${definition}`];

export const INDEX_CASES: DriftCases = {
  kind: 'index',
  cases: [
    {
      name: 'an index dropped',
      breaks: ['drop index app.ix_run_created_at'],
      finds: { key: 'index:app.ix_run_created_at', driftClass: 'performance', words: [/created_at DESC/] },
      repair: 'owner',
      plan: { lock: 'SHARE UPDATE EXCLUSIVE', rewrite: false },
    },
    {
      name: 'a unique index dropped',
      breaks: ['drop index app.uq_job_dedupe'],
      finds: { key: 'index:app.uq_job_dedupe', driftClass: 'data', severity: 'error', words: [/UNIQUE/] },
      repair: 'owner',
    },
    {
      name: 'an index over other columns',
      breaks: again('ix_task_status', 'index ix_task_status on app.task (org_id, title)'),
      finds: { key: 'index:app.ix_task_status', attribute: 'def', driftClass: 'performance', words: [/status\)/, /title\)/] },
      repair: 'owner',
    },
    {
      name: 'an index with its columns in another order',
      breaks: again('ix_agent_created_by', 'index ix_agent_created_by on app.agent (created_by, org_id)'),
      finds: { key: 'index:app.ix_agent_created_by', attribute: 'def', driftClass: 'performance', words: [/\(created_by, org_id\)/] },
      repair: 'owner',
    },
    {
      name: 'an index that sorts the other way',
      breaks: again('ix_audit_log_created_at', 'index ix_audit_log_created_at on app.audit_log (org_id, created_at)'),
      finds: { key: 'index:app.ix_audit_log_created_at', attribute: 'def', driftClass: 'performance', words: [/DESC/] },
      repair: 'owner',
    },
    {
      name: 'an index that puts empty values elsewhere',
      breaks: again('ix_api_call_created_at', 'index ix_api_call_created_at on app.api_call (org_id, created_at desc nulls last)'),
      finds: { key: 'index:app.ix_api_call_created_at', attribute: 'def', driftClass: 'performance', words: [/NULLS LAST/] },
      repair: 'owner',
    },
    {
      name: 'an index without its predicate',
      breaks: again('ix_file_created_at', 'index ix_file_created_at on app.file (org_id, created_at desc)'),
      finds: { key: 'index:app.ix_file_created_at', attribute: 'def', driftClass: 'performance', words: [/WHERE/] },
      repair: 'owner',
    },
    {
      name: 'an index with another predicate',
      breaks: again('ix_job_dead', `index ix_job_dead on app.job (kind, updated_at) where state = 'RUNNING'`),
      finds: { key: 'index:app.ix_job_dead', attribute: 'def', driftClass: 'performance', words: [/DEAD/, /RUNNING/] },
      repair: 'owner',
    },
    {
      name: 'an index that covers a part of the rows only',
      breaks: again('ix_task_run_id', 'index ix_task_run_id on app.task (org_id, run_id) where run_id is not null'),
      finds: { key: 'index:app.ix_task_run_id', attribute: 'def', driftClass: 'performance', words: [/WHERE/] },
      repair: 'owner',
    },
    {
      name: 'a unique index with another predicate',
      breaks: again(
        'uq_system_job_dedupe',
        `unique index uq_system_job_dedupe on app.system_job (kind, dedupe_key) where state = 'RUNNING' and dedupe_key is not null`,
      ),
      finds: { key: 'index:app.uq_system_job_dedupe', attribute: 'def', driftClass: 'data', words: [/READY/, /RUNNING/] },
      repair: 'owner',
    },
    {
      name: 'an index over an expression',
      breaks: again('ix_team_invitation_email', 'index ix_team_invitation_email on app.team_invitation (org_id, lower(email))'),
      finds: { key: 'index:app.ix_team_invitation_email', attribute: 'def', driftClass: 'performance', words: [/lower/] },
      repair: 'owner',
    },
    {
      name: 'an index of another method',
      breaks: again('ix_refresh_token_family_id', 'index ix_refresh_token_family_id on app.refresh_token using hash (family_id)'),
      finds: { key: 'index:app.ix_refresh_token_family_id', attribute: 'def', driftClass: 'performance', words: [/hash/i, /btree/] },
      repair: 'owner',
    },
    {
      name: 'an index that compares in another way',
      breaks: again('ix_workflow_data_key', 'index ix_workflow_data_key on app.workflow_data (org_id, "key" varchar_pattern_ops)'),
      finds: { key: 'index:app.ix_workflow_data_key', attribute: 'def', driftClass: 'performance', words: [/pattern_ops/] },
      repair: 'owner',
    },
    {
      name: 'an index with another collation',
      breaks: again('ix_run_session_id', 'index ix_run_session_id on app.run (org_id, session_id collate "C")'),
      finds: { key: 'index:app.ix_run_session_id', attribute: 'def', driftClass: 'performance', words: [/COLLATE "C"/] },
      repair: 'owner',
    },
    {
      name: 'an index that carries another column',
      breaks: again('ix_team_created_by', 'index ix_team_created_by on app.team (org_id, created_by) include (name)'),
      finds: { key: 'index:app.ix_team_created_by', attribute: 'def', driftClass: 'performance', words: [/INCLUDE/] },
      repair: 'owner',
    },
    {
      name: 'a unique index that is unique no more',
      breaks: again('uq_job_dedupe', `index uq_job_dedupe on app.job (org_id, kind, dedupe_key) where state = 'READY' and dedupe_key is not null`),
      finds: { key: 'index:app.uq_job_dedupe', attribute: 'def', driftClass: 'data', severity: 'error', words: [/UNIQUE/] },
      repair: 'owner',
    },
    {
      name: 'an index made unique',
      breaks: again('ix_git_agent_name', 'unique index ix_git_agent_name on app.git_agent (org_id, name, id)'),
      finds: { key: 'index:app.ix_git_agent_name', attribute: 'def', driftClass: 'data', words: [/UNIQUE/] },
      repair: 'owner',
    },
    {
      name: 'a unique index for which two empty values are the same',
      breaks: again(
        'uq_job_dedupe',
        `unique index uq_job_dedupe on app.job (org_id, kind, dedupe_key) nulls not distinct where state = 'READY' and dedupe_key is not null`,
      ),
      finds: { key: 'index:app.uq_job_dedupe', attribute: 'def', driftClass: 'data', words: [/NULLS NOT DISTINCT/] },
      repair: 'owner',
    },
    {
      name: 'an index that PostgreSQL does not use',
      by: 'admin',
      breaks: [`update pg_index set indisvalid = false where indexrelid = 'app.ix_job_line'::regclass`],
      finds: { key: 'index:app.ix_job_line', attribute: 'valid', driftClass: 'performance', words: [/invalid|not valid/i] },
      repair: 'owner',
    },
    {
      name: 'what a failed concurrent build left',
      by: 'admin',
      breaks: [
        'create index ix_run_left_over on app.run (org_id, agent_name)',
        `update pg_index set indisvalid = false where indexrelid = 'app.ix_run_left_over'::regclass`,
      ],
      finds: { key: 'index:app.ix_run_left_over', driftClass: 'extra', words: [/ix_run_left_over/] },
      repair: 'owner',
    },
    {
      name: 'an index nobody declared',
      breaks: ['create index ix_run_agent_name on app.run (org_id, agent_name)'],
      finds: { key: 'index:app.ix_run_agent_name', driftClass: 'extra', words: [/ix_run_agent_name/] },
      repair: 'owner',
    },
    {
      name: 'a unique index nobody declared',
      breaks: ['create unique index ix_team_slug_everywhere on app.team (slug)'],
      finds: { key: 'index:app.ix_team_slug_everywhere', driftClass: 'data', words: [/UNIQUE|ix_team_slug_everywhere/] },
      repair: 'owner',
    },
    {
      name: 'an inverted index nobody declared',
      breaks: ['create index ix_task_input on app.task using gin (input)'],
      finds: { key: 'index:app.ix_task_input', driftClass: 'extra', words: [/gin|ix_task_input/] },
      repair: 'owner',
    },
    {
      name: 'an index renamed',
      breaks: ['alter index app.ix_rate_limit_expire rename to rate_limit_expire'],
      finds: { key: 'index:app.ix_rate_limit_expire', driftClass: 'performance', words: [/ix_rate_limit_expire/] },
      alsoFinds: ['index:app.rate_limit_expire'],
      repair: 'owner',
    },
    {
      name: 'an index filled in another way',
      breaks: ['alter index app.ix_job_due set (fillfactor = 60)'],
      finds: { key: 'index:app.ix_job_due', attribute: 'def', driftClass: 'performance', words: [/fillfactor/] },
      repair: 'owner',
    },
  ],
};
