import { catalogueRule } from './rule.js';
import { policyFindings } from './support/policies.js';

export const policyWithoutCheck = catalogueRule({
  id: 'policy-without-check',
  title: 'A policy that lets somebody write says WITH CHECK',
  why: 'PostgreSQL takes USING in its place, silently. Whoever widens USING later, so that more can be read, then widens what can be written without seeing it.',
  mend: 'Write WITH CHECK beside USING, also where both say the same.',
  severity: 'error',
  red: { sql: 'create policy queue_update on app.note for update to app_queue using (org_id = app.current_org_id())' },
  green: {
    sql: 'create policy queue_update on app.note for update to app_queue using (org_id = app.current_org_id()) with check (org_id = app.current_org_id())',
  },
  check: (schema) =>
    policyFindings(schema, ({ table, policy }) => {
      const writes = policy.command === 'ALL' || policy.command === 'INSERT' || policy.command === 'UPDATE';
      return writes && policy.check === null ? `The policy "${policy.name}" of "${table.name}" is for ${policy.command} and has no WITH CHECK.` : undefined;
    }),
});
