import { catalogueRule } from './rule.js';
import { calledFunctions, policyFindings } from './support/policies.js';

export const policyImmutableFunction = catalogueRule({
  id: 'policy-immutable-function',
  title: 'A policy calls no IMMUTABLE function of ours',
  why: 'PostgreSQL computes an IMMUTABLE call once, while it plans. A plan that is kept then answers for the organization that was entered when it was made: another tenant’s rows.',
  mend: 'Declare the function STABLE.',
  severity: 'error',
  red: {
    sql: `create function app.my_org() returns uuid language sql immutable return nullif(current_setting('app.current_org_id', true), '')::uuid;
revoke all on function app.my_org() from public;
create policy queue_select on app.note for select to app_queue using (org_id = app.my_org())`,
  },
  green: {
    sql: `create function app.my_org() returns uuid language sql stable return nullif(current_setting('app.current_org_id', true), '')::uuid;
revoke all on function app.my_org() from public;
create policy queue_select on app.note for select to app_queue using (org_id = app.my_org())`,
  },
  check: (schema) => {
    const immutable = new Set(schema.model.functions.filter(({ volatility }) => volatility === 'i').map(({ name }) => name));
    return policyFindings(schema, ({ table, policy, expressions }) => {
      const called = expressions.flatMap(calledFunctions).find((name) => immutable.has(name));
      return called === undefined ? undefined : `The policy "${policy.name}" of "${table.name}" calls "${called}", which is IMMUTABLE.`;
    });
  },
});
