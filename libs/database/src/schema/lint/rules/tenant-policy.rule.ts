import type { PolicyModel } from '../model/schema-model.js';
import { tenantTable } from './examples.js';
import { catalogueRule, type Schema } from './rule.js';

const OWN_ROWS = '(org_id = app.current_org_id())';

export const tenantPolicy = catalogueRule({
  id: 'tenant-policy',
  title: 'A class T table has a policy for app_tenant, and each of them says org_id = app.current_org_id()',
  why: 'This is the second of the two locks: what the scoped repository forgets, the policy refuses. A policy for app_tenant that says anything else opens a second door, since permissive policies are joined by OR.',
  mend: 'create policy tenant_isolation on app.<table> for all to app_tenant using (org_id = app.current_org_id()) with check (org_id = app.current_org_id())',
  severity: 'error',
  red: { sql: "create policy shared_notes on app.note for select to app_tenant using (title = 'shared')" },
  green: { sql: tenantTable('memo') },
  check: (schema) => [...withoutPolicy(schema), ...wider(schema)],
});

function withoutPolicy({ tenantTables }: Schema): { object: string; table: string; says: string }[] {
  return tenantTables
    .filter(({ policies, grants }) => grants.some(({ role }) => role === 'app_tenant') && !policies.some(forTenants))
    .map(({ name }) => ({ object: `table ${name}`, table: name, says: `app_tenant may use "${name}", and no policy says which rows.` }));
}

function wider({ tenantTables }: Schema): { object: string; table: string; says: string }[] {
  return tenantTables.flatMap(({ name: table, policies }) =>
    policies
      .filter((policy) => forTenants(policy) && [policy.using, policy.check].some((expression) => expression !== null && !isOwnRows(expression)))
      .map(({ name }) => ({
        object: `policy ${name} on ${table}`,
        table,
        says: `The policy "${name}" of "${table}" lets app_tenant at rows by something else than its organization.`,
      })),
  );
}

function forTenants({ roles, permissive }: PolicyModel): boolean {
  return permissive && roles.includes('app_tenant');
}

/** The usual condition, alone or as the first of several that all must hold. */
function isOwnRows(expression: string): boolean {
  return expression === OWN_ROWS || (expression.startsWith(`(${OWN_ROWS} AND `) && !/ OR /.test(topLevel(expression)));
}

/** The expression without what stands in inner parentheses. */
function topLevel(expression: string): string {
  let text = expression.slice(1, -1);
  for (let before = ''; before !== text;) [before, text] = [text, text.replace(/\([^()]*\)/g, '')];
  return text;
}
