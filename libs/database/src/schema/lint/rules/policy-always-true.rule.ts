import { catalogueRule } from './rule.js';
import { expressionOf, isAlwaysTrue, isForTenants, policyFindings } from './support/policies.js';

export const policyAlwaysTrue = catalogueRule({
  id: 'policy-always-true',
  title: 'No policy of the tenant role is always true',
  why: 'It shows every organization the rows of every other, or takes rows from anybody for anybody. That is what row security is there to prevent, and nothing else on the table makes up for it.',
  mend: 'using (org_id = app.current_org_id()) with check (org_id = app.current_org_id())',
  severity: 'error',
  red: { sql: 'create policy everything on app.note for select to app_tenant using (org_id is not null or title = title)' },
  green: { sql: 'create policy queue_all on app.note for all to app_queue using (true) with check (true)' },
  check: (schema) =>
    policyFindings(schema, ({ table, policy, expressions }) => {
      if (!isForTenants(policy) || !policy.permissive) return undefined;
      // A table of class G may be open to read: what it holds is everybody's.
      if (schema.classOf(table.name) === 'G' && policy.command === 'SELECT') return undefined;
      const required = table.columns.filter((column) => column.required).map(({ name }) => name);
      const open = expressions.some((expression) => isAlwaysTrue(expressionOf(expression), required));
      return open ? `The policy "${policy.name}" of "${table.name}" is true for every row, and app_tenant has it.` : undefined;
    }),
});
