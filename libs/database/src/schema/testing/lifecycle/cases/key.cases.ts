import type { DriftCases } from '../drift-case.js';

export const KEY_CASES: DriftCases = {
  kind: 'key',
  cases: [
    {
      name: 'a primary key dropped',
      breaks: ['alter table app.rate_limit drop constraint pk_rate_limit'],
      finds: { key: 'constraint:app.rate_limit.pk_rate_limit', driftClass: 'data', severity: 'error', words: [/PRIMARY KEY/] },
      repair: 'owner',
    },
    {
      name: 'a primary key with its columns in another order',
      breaks: [
        'alter table app.role_permission drop constraint pk_role_permission',
        'alter table app.role_permission add constraint pk_role_permission primary key (permission_id, role_id, org_id)',
      ],
      finds: { key: 'constraint:app.role_permission.pk_role_permission', attribute: 'def', driftClass: 'data', words: [/permission_id, role_id, org_id/] },
      repair: 'owner',
    },
    {
      name: 'a primary key without the organization',
      breaks: ['alter table app.api_key drop constraint pk_api_key', 'alter table app.api_key add constraint pk_api_key primary key (id)'],
      finds: { key: 'constraint:app.api_key.pk_api_key', attribute: 'def', driftClass: 'data', words: [/\(id\)/, /\(org_id, id\)/] },
      repair: 'owner',
    },
    {
      name: 'a primary key that is checked late',
      breaks: [
        'alter table app.idempotency_key drop constraint pk_idempotency_key',
        'alter table app.idempotency_key add constraint pk_idempotency_key primary key (org_id, route, "key") deferrable',
      ],
      finds: { key: 'constraint:app.idempotency_key.pk_idempotency_key', attribute: 'def', driftClass: 'data', words: [/DEFERRABLE/] },
      repair: 'owner',
    },
    {
      name: 'a primary key renamed',
      breaks: ['alter table app.job_schedule rename constraint pk_job_schedule to job_schedule_pkey'],
      finds: { key: 'constraint:app.job_schedule.pk_job_schedule', driftClass: 'data', words: [/pk_job_schedule/] },
      alsoFinds: ['constraint:app.job_schedule.job_schedule_pkey'],
      repair: 'owner',
    },
    {
      name: 'a unique key dropped',
      breaks: ['alter table app.role drop constraint uq_role_name'],
      finds: { key: 'constraint:app.role.uq_role_name', driftClass: 'data', severity: 'error', words: [/UNIQUE/] },
      repair: 'owner',
    },
    {
      name: 'a unique key over fewer columns',
      breaks: [
        'alter table app.team_membership drop constraint uq_team_membership_team_id_user_id',
        'alter table app.team_membership add constraint uq_team_membership_team_id_user_id unique (org_id, team_id)',
      ],
      finds: { key: 'constraint:app.team_membership.uq_team_membership_team_id_user_id', attribute: 'def', driftClass: 'data', words: [/user_id/] },
      repair: 'owner',
    },
    {
      name: 'a unique key with its columns in another order',
      breaks: [
        'alter table app.file drop constraint uq_file_storage_key',
        'alter table app.file add constraint uq_file_storage_key unique (storage_key, org_id)',
      ],
      finds: { key: 'constraint:app.file.uq_file_storage_key', attribute: 'def', driftClass: 'data', words: [/\(storage_key, org_id\)/] },
      repair: 'owner',
    },
    {
      name: 'a unique key that may be checked late',
      breaks: ['alter table app.team drop constraint uq_team_name', 'alter table app.team add constraint uq_team_name unique (org_id, name) deferrable'],
      finds: { key: 'constraint:app.team.uq_team_name', attribute: 'def', driftClass: 'data', words: [/DEFERRABLE/] },
      repair: 'owner',
    },
    {
      name: 'a unique key that is checked late',
      breaks: [
        'alter table app.agent drop constraint uq_agent_name',
        'alter table app.agent add constraint uq_agent_name unique (org_id, name) deferrable initially deferred',
      ],
      finds: { key: 'constraint:app.agent.uq_agent_name', attribute: 'def', driftClass: 'data', words: [/INITIALLY DEFERRED/] },
      repair: 'owner',
    },
    {
      name: 'a unique key for which two empty values are the same',
      breaks: [
        'alter table app.email_template drop constraint uq_email_template_key_locale',
        'alter table app.email_template add constraint uq_email_template_key_locale unique nulls not distinct (org_id, "key", locale)',
      ],
      finds: { key: 'constraint:app.email_template.uq_email_template_key_locale', attribute: 'def', driftClass: 'data', words: [/NULLS NOT DISTINCT/] },
      repair: 'owner',
    },
    {
      name: 'a unique key that carries another column',
      breaks: [
        'alter table app.permission drop constraint uq_permission_key',
        'alter table app.permission add constraint uq_permission_key unique ("key") include (category)',
      ],
      finds: { key: 'constraint:app.permission.uq_permission_key', attribute: 'def', driftClass: 'data', words: [/INCLUDE/] },
      repair: 'owner',
    },
    {
      name: 'an index in the place of a unique key',
      breaks: [
        'alter table app.refresh_token drop constraint uq_refresh_token_token_hash',
        'create unique index uq_refresh_token_token_hash on app.refresh_token (token_hash)',
      ],
      finds: { key: 'constraint:app.refresh_token.uq_refresh_token_token_hash', driftClass: 'data', words: [/UNIQUE/] },
      alsoFinds: ['index:app.uq_refresh_token_token_hash'],
      repair: 'owner',
    },
    {
      name: 'a unique key nobody declared',
      breaks: ['alter table app.task add constraint uq_task_title unique (org_id, title)'],
      finds: { key: 'constraint:app.task.uq_task_title', driftClass: 'data', words: [/uq_task_title/] },
      repair: 'owner',
    },
    {
      name: 'a unique key renamed',
      breaks: ['alter table app.one_time_token rename constraint uq_one_time_token_token_hash to one_time_token_key'],
      finds: { key: 'constraint:app.one_time_token.uq_one_time_token_token_hash', driftClass: 'data', words: [/uq_one_time_token_token_hash/] },
      alsoFinds: ['constraint:app.one_time_token.one_time_token_key'],
      repair: 'owner',
    },
    {
      name: 'an exclusion nobody declared',
      breaks: ['alter table app.run add constraint ex_run_id exclude using btree (id with =)'],
      finds: { key: 'constraint:app.run.ex_run_id', driftClass: 'data', words: [/EXCLUDE|ex_run_id/] },
      repair: 'owner',
    },
  ],
};
