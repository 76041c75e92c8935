import { catalogueRule } from './rule.js';
import { policyFindings } from './support/policies.js';

export const policyToPublic = catalogueRule({
  id: 'policy-to-public',
  title: 'Every policy names its roles',
  why: 'A policy without TO is for PUBLIC: it joins, by OR, the policies of every role there is and of every role to come. A condition meant for one of them opens the table for all.',
  mend: 'create policy … to app_tenant (or app_owner, app_admin, app_auth, app_queue)',
  severity: 'error',
  red: { sql: 'create policy own_notes on app.note using (org_id = app.current_org_id()) with check (org_id = app.current_org_id())' },
  green: { sql: 'create policy queue_select on app.note for select to app_queue using (org_id = app.current_org_id())' },
  check: (schema) =>
    policyFindings(schema, ({ table, policy }) =>
      policy.roles.includes('public') ? `The policy "${policy.name}" of "${table.name}" is for PUBLIC.` : undefined,
    ),
});
