import type { DriftCases } from '../drift-case.js';

const RUN = 'references app.run(org_id,id)';

export const FOREIGN_KEY_CASES: DriftCases = {
  kind: 'foreign key',
  cases: [
    {
      name: 'a foreign key dropped',
      breaks: ['alter table app.task drop constraint fk_task_agent_id'],
      finds: { key: 'constraint:app.task.fk_task_agent_id', driftClass: 'data', severity: 'error', words: [/FOREIGN KEY/] },
      repair: 'owner',
    },
    {
      name: 'one half of a circle of foreign keys dropped',
      breaks: ['alter table app."user" drop constraint fk_user_current_org_id'],
      finds: { key: 'constraint:app.user.fk_user_current_org_id', driftClass: 'data', words: [/organization/] },
      repair: 'owner',
      plan: { lock: 'SHARE ROW EXCLUSIVE', rewrite: false },
    },
    {
      name: 'rows that stay when what they belong to goes',
      breaks: [
        'alter table app.step drop constraint fk_step_run_id',
        `alter table app.step add constraint fk_step_run_id foreign key (org_id, run_id) ${RUN} on delete no action on update no action`,
      ],
      finds: { key: 'constraint:app.step.fk_step_run_id', attribute: 'def', driftClass: 'data', words: [/ON DELETE CASCADE/] },
      repair: 'owner',
    },
    {
      name: 'rows that go when what they name goes',
      breaks: [
        'alter table app.agent drop constraint fk_agent_created_by',
        'alter table app.agent add constraint fk_agent_created_by foreign key (created_by) references app."user"(id) on delete cascade',
      ],
      finds: { key: 'constraint:app.agent.fk_agent_created_by', attribute: 'def', driftClass: 'data', words: [/SET NULL/, /CASCADE/] },
      repair: 'owner',
    },
    {
      name: 'rows that follow a change of the key',
      breaks: [
        'alter table app.file drop constraint fk_file_run_id',
        `alter table app.file add constraint fk_file_run_id foreign key (org_id, run_id) ${RUN} on update cascade`,
      ],
      finds: { key: 'constraint:app.file.fk_file_run_id', attribute: 'def', driftClass: 'data', words: [/ON UPDATE CASCADE/] },
      repair: 'owner',
    },
    {
      name: 'a foreign key that empties one column only',
      breaks: [
        'alter table app.task drop constraint fk_task_run_id',
        `alter table app.task add constraint fk_task_run_id foreign key (org_id, run_id) ${RUN} on delete set null (run_id)`,
      ],
      finds: { key: 'constraint:app.task.fk_task_run_id', attribute: 'def', driftClass: 'data', words: [/SET NULL \(run_id\)/] },
      repair: 'owner',
    },
    {
      name: 'a foreign key that may be checked late',
      breaks: ['alter table app.team alter constraint fk_team_org_id deferrable'],
      finds: { key: 'constraint:app.team.fk_team_org_id', attribute: 'def', driftClass: 'data', words: [/DEFERRABLE/] },
      repair: 'owner',
    },
    {
      name: 'a foreign key that is checked late',
      breaks: ['alter table app.role alter constraint fk_role_org_id deferrable initially deferred'],
      finds: { key: 'constraint:app.role.fk_role_org_id', attribute: 'def', driftClass: 'data', words: [/INITIALLY DEFERRED/] },
      repair: 'owner',
    },
    {
      name: 'a foreign key that was never validated',
      breaks: [
        'alter table app.api_key drop constraint fk_api_key_org_id',
        'alter table app.api_key add constraint fk_api_key_org_id foreign key (org_id) references app.organization(id) on delete cascade not valid',
      ],
      finds: { key: 'constraint:app.api_key.fk_api_key_org_id', attribute: 'validated', driftClass: 'data', words: [/valid/i] },
      repair: 'owner',
      plan: { lock: 'SHARE UPDATE EXCLUSIVE', rewrite: false },
    },
    {
      name: 'a foreign key that is not enforced',
      since: 18,
      breaks: ['alter table app.audit_log alter constraint fk_audit_log_org_id not enforced'],
      finds: { key: 'constraint:app.audit_log.fk_audit_log_org_id', attribute: 'enforced', driftClass: 'data', words: [/enforced/i] },
      repair: 'owner',
    },
    {
      name: 'a foreign key that wants all columns or none',
      breaks: [
        'alter table app.run drop constraint fk_run_parent_run_id',
        `alter table app.run add constraint fk_run_parent_run_id foreign key (org_id, parent_run_id) ${RUN} match full on delete cascade not valid`,
      ],
      finds: { key: 'constraint:app.run.fk_run_parent_run_id', attribute: 'def', driftClass: 'data', words: [/MATCH FULL/] },
      repair: 'owner',
    },
    {
      name: 'a foreign key from other columns',
      breaks: [
        'alter table app.input_request drop constraint fk_input_request_run_id',
        `alter table app.input_request add constraint fk_input_request_run_id foreign key (org_id, id) ${RUN} on delete cascade`,
      ],
      finds: {
        key: 'constraint:app.input_request.fk_input_request_run_id',
        attribute: 'def',
        driftClass: 'data',
        words: [/\(org_id, run_id\)/, /\(org_id, id\)/],
      },
      repair: 'owner',
    },
    {
      name: 'a foreign key to another table',
      breaks: [
        'alter table app.workflow_data drop constraint fk_workflow_data_step_id',
        `alter table app.workflow_data add constraint fk_workflow_data_step_id foreign key (org_id, step_id) ${RUN} on delete cascade`,
      ],
      finds: { key: 'constraint:app.workflow_data.fk_workflow_data_step_id', attribute: 'def', driftClass: 'data', words: [/app\.step/, /app\.run/] },
      repair: 'owner',
    },
    {
      name: 'a foreign key nobody declared',
      breaks: ['alter table app.api_call add constraint fk_api_call_user_id foreign key (user_id) references app."user"(id)'],
      finds: { key: 'constraint:app.api_call.fk_api_call_user_id', driftClass: 'data', words: [/fk_api_call_user_id/] },
      repair: 'owner',
    },
    {
      name: 'a foreign key renamed',
      breaks: ['alter table app.payment rename constraint fk_payment_org_id to payment_org'],
      finds: { key: 'constraint:app.payment.fk_payment_org_id', driftClass: 'data', words: [/fk_payment_org_id/] },
      alsoFinds: ['constraint:app.payment.payment_org'],
      repair: 'owner',
    },
    {
      name: 'a foreign key whose triggers are off',
      by: 'admin',
      breaks: [
        `do $$ declare t record; begin
           for t in select tgname from pg_trigger where tgconstraint = (select oid from pg_constraint where conname = 'fk_subscription_stripe_customer_id')
             and tgrelid = 'app.subscription'::regclass loop
             execute format('alter table app.subscription disable trigger %I', t.tgname);
           end loop;
         end $$`,
      ],
      finds: { key: 'constraint:app.subscription.fk_subscription_stripe_customer_id', attribute: 'switchedTriggers', driftClass: 'data', words: [/disabled/i] },
      repair: 'owner',
    },
  ],
};
