import { catalogueRule } from './rule.js';
import { calledFunctions, policyFindings } from './support/policies.js';

export const policyBareSetting = catalogueRule({
  id: 'policy-bare-setting',
  title: 'A policy calls app.current_org_id(), never current_setting()',
  why: 'Where no organization was entered, the bare setting raises an error or, after a first transaction on the connection, is an empty string and no null: the cast to uuid then fails in every query. The function knows both, in one place, and the planner inlines it.',
  mend: 'using (org_id = app.current_org_id())',
  severity: 'error',
  red: { sql: `create policy queue_select on app.note for select to app_queue using (org_id = current_setting('app.current_org_id')::uuid)` },
  green: { sql: 'create policy queue_select on app.note for select to app_queue using (org_id = app.current_org_id())' },
  check: (schema) =>
    policyFindings(schema, ({ table, policy, expressions }) =>
      expressions.some((expression) => calledFunctions(expression).includes('current_setting'))
        ? `The policy "${policy.name}" of "${table.name}" reads a setting by itself.`
        : undefined,
    ),
});
