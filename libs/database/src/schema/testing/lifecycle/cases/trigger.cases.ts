import type { DriftCases } from '../drift-case.js';

/** The trigger of a table in another shape. */
const touch = (table: string, definition: string): string[] => [
  `drop trigger touch_updated_at on app.${table}`,
  `create trigger touch_updated_at ${definition.replace('@', `app.${table}`)}`,
];
const RUN_TOUCH = 'execute function app.touch_updated_at()';

export const TRIGGER_CASES: DriftCases = {
  kind: 'trigger',
  cases: [
    {
      name: 'a trigger switched off',
      breaks: ['alter table app.agent disable trigger raise_version'],
      finds: { key: 'trigger:app.agent.raise_version', attribute: 'enabled', driftClass: 'data', severity: 'error', words: [/disabled|off/i] },
      repair: 'owner',
    },
    {
      name: 'a trigger that fires for replicated rows too',
      breaks: ['alter table app.run enable always trigger touch_updated_at'],
      finds: { key: 'trigger:app.run.touch_updated_at', attribute: 'enabled', driftClass: 'data', words: [/always/i] },
      repair: 'owner',
    },
    {
      name: 'a trigger that fires for replicated rows only',
      breaks: ['alter table app.job enable replica trigger job_takes_place'],
      finds: { key: 'trigger:app.job.job_takes_place', attribute: 'enabled', driftClass: 'data', words: [/replica/i] },
      repair: 'owner',
    },
    {
      name: 'a trigger dropped',
      breaks: ['drop trigger refuse_update on app.workflow_data'],
      finds: { key: 'trigger:app.workflow_data.refuse_update', driftClass: 'data', severity: 'error', words: [/refuse_update/] },
      repair: 'owner',
    },
    {
      name: 'a trigger of another event',
      breaks: touch('step', `before insert or update on @ for each row ${RUN_TOUCH}`),
      finds: { key: 'trigger:app.step.touch_updated_at', attribute: 'def', driftClass: 'data', words: [/INSERT OR UPDATE/] },
      repair: 'owner',
    },
    {
      name: 'a trigger with a condition',
      breaks: touch('task', `before update on @ for each row when (old.status is distinct from new.status) ${RUN_TOUCH}`),
      finds: { key: 'trigger:app.task.touch_updated_at', attribute: 'def', driftClass: 'data', words: [/WHEN/] },
      repair: 'owner',
    },
    {
      name: 'a trigger of some columns only',
      breaks: touch('team', `before update of name on @ for each row ${RUN_TOUCH}`),
      finds: { key: 'trigger:app.team.touch_updated_at', attribute: 'def', driftClass: 'data', words: [/UPDATE OF name/] },
      repair: 'owner',
    },
    {
      name: 'a trigger that comes too late',
      breaks: touch('file', `after update on @ for each row ${RUN_TOUCH}`),
      finds: { key: 'trigger:app.file.touch_updated_at', attribute: 'def', driftClass: 'data', words: [/AFTER/, /BEFORE/] },
      repair: 'owner',
    },
    {
      name: 'a trigger for a statement where one for each row is declared',
      breaks: touch('role', `before update on @ for each statement ${RUN_TOUCH}`),
      finds: { key: 'trigger:app.role.touch_updated_at', attribute: 'def', driftClass: 'data', words: [/STATEMENT/, /ROW/] },
      repair: 'owner',
    },
    {
      name: 'a trigger that calls another function',
      breaks: touch('permission', 'before update on @ for each row execute function app.refuse_update()'),
      finds: { key: 'trigger:app.permission.touch_updated_at', attribute: 'def', driftClass: 'data', words: [/refuse_update/] },
      repair: 'owner',
    },
    {
      name: 'a trigger with an argument',
      breaks: touch('api_key', `before update on @ for each row execute function app.touch_updated_at('fast')`),
      finds: { key: 'trigger:app.api_key.touch_updated_at', attribute: 'def', driftClass: 'data', words: [/fast/] },
      repair: 'owner',
    },
    {
      name: 'a trigger that waits for the end of the transaction',
      breaks: [
        'drop trigger touch_updated_at on app.payment',
        `create constraint trigger touch_updated_at after update on app.payment deferrable initially deferred for each row ${RUN_TOUCH}`,
      ],
      finds: { key: 'trigger:app.payment.touch_updated_at', attribute: 'def', driftClass: 'data', words: [/DEFERRED/] },
      repair: 'owner',
    },
    {
      name: 'a trigger that keeps the changed rows',
      breaks: [
        'drop trigger job_wakes_workers on app.system_job',
        'create trigger job_wakes_workers after insert on app.system_job referencing new table as added for each statement execute function app.job_wakes_workers()',
      ],
      finds: { key: 'trigger:app.system_job.job_wakes_workers', attribute: 'def', driftClass: 'data', words: [/REFERENCING/] },
      repair: 'owner',
    },
    {
      name: 'a trigger nobody declared',
      breaks: ['create trigger no_changes before update on app.subscription for each row execute function app.refuse_update()'],
      finds: { key: 'trigger:app.subscription.no_changes', driftClass: 'security', words: [/no_changes/] },
      repair: 'owner',
    },
    {
      name: 'a trigger renamed',
      breaks: ['alter trigger raise_version on app.email_template rename to count_versions'],
      finds: { key: 'trigger:app.email_template.raise_version', driftClass: 'data', words: [/raise_version/] },
      alsoFinds: ['trigger:app.email_template.count_versions'],
      repair: 'owner',
    },
  ],
};
