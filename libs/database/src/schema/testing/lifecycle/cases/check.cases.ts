import type { DriftCases } from '../drift-case.js';

export const CHECK_CASES: DriftCases = {
  kind: 'check',
  cases: [
    {
      name: 'a check dropped',
      breaks: ['alter table app.run drop constraint ck_run_status'],
      finds: { key: 'constraint:app.run.ck_run_status', driftClass: 'data', severity: 'error', words: [/ck_run_status/, /QUEUED/] },
      repair: 'owner',
    },
    {
      name: 'a check that allows one value more',
      breaks: [
        'alter table app.task drop constraint ck_task_status',
        `alter table app.task add constraint ck_task_status check (status = any (array['PENDING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'LOST']::text[]))`,
      ],
      finds: { key: 'constraint:app.task.ck_task_status', attribute: 'def', driftClass: 'data', words: [/LOST/] },
      repair: 'owner',
    },
    {
      name: 'a check that allows one value less',
      breaks: [
        'alter table app.file_share drop constraint ck_file_share_permission',
        `alter table app.file_share add constraint ck_file_share_permission check (permission = any (array['VIEW']::text[]))`,
      ],
      finds: { key: 'constraint:app.file_share.ck_file_share_permission', attribute: 'def', driftClass: 'data', words: [/EDIT/] },
      repair: 'owner',
    },
    {
      name: 'a check with another expression under its name',
      breaks: [
        'alter table app.job drop constraint ck_job_run_at_finite',
        'alter table app.job add constraint ck_job_run_at_finite check (run_at is not null)',
      ],
      finds: { key: 'constraint:app.job.ck_job_run_at_finite', attribute: 'def', driftClass: 'data', words: [/isfinite/, /NOT NULL/] },
      repair: 'owner',
    },
    {
      name: 'a check nobody declared',
      breaks: ['alter table app.team add constraint ck_team_name_short check (length(name) < 100)'],
      finds: { key: 'constraint:app.team.ck_team_name_short', driftClass: 'data', words: [/ck_team_name_short/] },
      repair: 'owner',
    },
    {
      name: 'a check that was never validated',
      breaks: [
        'alter table app.step drop constraint ck_step_status',
        `alter table app.step add constraint ck_step_status check (status = any (array['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED']::text[])) not valid`,
      ],
      finds: { key: 'constraint:app.step.ck_step_status', attribute: 'validated', driftClass: 'data', words: [/valid/i] },
      repair: 'owner',
    },
    {
      name: 'a check that is not inherited',
      breaks: [
        'alter table app."user" drop constraint ck_user_email',
        'alter table app."user" add constraint ck_user_email check (email = lower(email)) no inherit',
      ],
      finds: { key: 'constraint:app.user.ck_user_email', attribute: 'def', driftClass: 'data', words: [/NO INHERIT/] },
      repair: 'owner',
    },
    {
      name: 'a check that is not enforced',
      since: 18,
      breaks: [
        'alter table app.organization_usage drop constraint ck_organization_usage_period',
        'alter table app.organization_usage add constraint ck_organization_usage_period check (period_start < period_end) not enforced',
      ],
      finds: { key: 'constraint:app.organization_usage.ck_organization_usage_period', attribute: 'enforced', driftClass: 'data', words: [/enforced/i] },
      repair: 'owner',
    },
    {
      name: 'a check renamed',
      breaks: ['alter table app.audit_log rename constraint ck_audit_log_actor_type to actor_check'],
      finds: { key: 'constraint:app.audit_log.ck_audit_log_actor_type', driftClass: 'data', words: [/ck_audit_log_actor_type/] },
      alsoFinds: ['constraint:app.audit_log.actor_check'],
      repair: 'owner',
    },
  ],
};
