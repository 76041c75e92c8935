import { findAll } from '../sql/ast.js';
import { catalogueRule } from './rule.js';
import { policyFindings } from './support/policies.js';

export const policySubselect = catalogueRule({
  id: 'policy-subselect',
  title: 'No policy holds a subselect',
  why: 'It runs under row security itself, so it can show too little, and for each row. Citus refuses such a policy on a distributed and on a reference table (13.2); one that calls a SECURITY DEFINER function it takes.',
  mend: 'A SECURITY DEFINER function with a fixed search_path, as app.shares_organization(uuid) is one.',
  severity: 'error',
  red: { sql: 'create policy queue_select on app.note for select to app_queue using (org_id in (select id from app.organization))' },
  green: { sql: 'create policy queue_select on app.note for select to app_queue using (org_id = app.current_org_id())' },
  check: (schema) =>
    policyFindings(schema, ({ table, policy, expressions }) =>
      expressions.some((expression) => findAll(expression, 'SubLink').length > 0)
        ? `The policy "${policy.name}" of "${table.name}" holds a subselect.`
        : undefined,
    ),
});
