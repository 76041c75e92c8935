import type { DriftCases } from '../drift-case.js';

const OURS = 'org_id = app.current_org_id()';
/** The tenants' policy of a table in another shape. */
const tenants = (table: string, definition: string): string[] => [
  `drop policy tenant_isolation on app.${table}`,
  `create policy tenant_isolation on app.${table} ${definition}`,
];

export const ROW_SECURITY_CASES: DriftCases = {
  kind: 'row security',
  cases: [
    {
      name: 'row security switched off',
      breaks: ['alter table app.run disable row level security'],
      finds: { key: 'table:app.run', attribute: 'rowSecurity', driftClass: 'security', severity: 'error', words: [/row.(level )?security/i] },
      repair: 'owner',
    },
    {
      name: 'row security not forced on the owner',
      breaks: ['alter table app.agent no force row level security'],
      finds: { key: 'table:app.agent', attribute: 'forceRowSecurity', driftClass: 'security', severity: 'error', words: [/forced?/i] },
      repair: 'owner',
    },
    {
      name: 'row security switched on where nobody has a policy',
      breaks: ['alter table app.migration enable row level security'],
      finds: { key: 'table:app.migration', attribute: 'rowSecurity', driftClass: 'security', words: [/row.(level )?security/i] },
      repair: 'owner',
    },
    {
      name: 'a policy dropped',
      breaks: ['drop policy tenant_isolation on app.step'],
      finds: { key: 'policy:app.step.tenant_isolation', driftClass: 'security', severity: 'error', words: [/tenant_isolation/] },
      repair: 'owner',
    },
    {
      name: 'the policy of the owner dropped',
      breaks: ['drop policy owner_all on app.schema_ledger'],
      finds: { key: 'policy:app.schema_ledger.owner_all', driftClass: 'security', words: [/owner_all/] },
      repair: 'owner',
    },
    {
      name: 'a policy that shows every row',
      breaks: ['alter policy tenant_isolation on app.task using (true)'],
      finds: { key: 'policy:app.task.tenant_isolation', attribute: 'usingExpr', driftClass: 'security', severity: 'error', words: [/current_org_id/, /true/] },
      repair: 'owner',
      plan: { lock: 'ACCESS EXCLUSIVE', rewrite: false },
    },
    {
      name: 'a policy that shows no row',
      breaks: ['alter policy tenant_isolation on app.team using (false)'],
      finds: { key: 'policy:app.team.tenant_isolation', attribute: 'usingExpr', driftClass: 'security', words: [/false/] },
      repair: 'owner',
    },
    {
      name: 'a policy that asks a setting by itself',
      breaks: [`alter policy tenant_isolation on app.file using (org_id = current_setting('app.current_org_id')::uuid)`],
      finds: { key: 'policy:app.file.tenant_isolation', attribute: 'usingExpr', driftClass: 'security', words: [/current_setting/] },
      repair: 'owner',
    },
    {
      name: 'a policy that asks another table',
      breaks: [`alter policy tenant_isolation on app.role using (org_id in (select m.org_id from app.organization_user m))`],
      finds: { key: 'policy:app.role.tenant_isolation', attribute: 'usingExpr', driftClass: 'security', words: [/organization_user/] },
      repair: 'owner',
    },
    {
      name: 'a policy that lets every row be written',
      breaks: ['alter policy tenant_isolation on app.api_key with check (true)'],
      finds: {
        key: 'policy:app.api_key.tenant_isolation',
        attribute: 'checkExpr',
        driftClass: 'security',
        severity: 'error',
        words: [/current_org_id/, /true/],
      },
      repair: 'owner',
    },
    {
      name: 'a policy without its WITH CHECK',
      breaks: tenants('audit_log', `for all to app_tenant using (${OURS})`),
      finds: { key: 'policy:app.audit_log.tenant_isolation', attribute: 'checkExpr', driftClass: 'security', words: [/current_org_id/] },
      repair: 'owner',
    },
    {
      name: 'a policy for fewer commands',
      breaks: tenants('payment', `for select to app_tenant using (${OURS})`),
      finds: { key: 'policy:app.payment.tenant_isolation', attribute: 'cmd', driftClass: 'security', words: [/select/i, /all/i] },
      alsoFinds: ['policy:app.payment.tenant_isolation checkExpr'],
      repair: 'owner',
    },
    {
      name: 'a policy that only restricts',
      breaks: tenants('subscription', `as restrictive for all to app_tenant using (${OURS}) with check (${OURS})`),
      finds: { key: 'policy:app.subscription.tenant_isolation', attribute: 'permissive', driftClass: 'security', words: [/restrictive/i] },
      repair: 'owner',
    },
    {
      name: 'a policy for everybody',
      breaks: ['alter policy tenant_isolation on app.stripe_customer to public'],
      finds: { key: 'policy:app.stripe_customer.tenant_isolation', attribute: 'roles', driftClass: 'security', words: [/public/i, /app_tenant/] },
      repair: 'owner',
    },
    {
      name: 'a policy for one role more',
      breaks: ['alter policy admin_all on app.user_credential to app_admin, app_tenant'],
      finds: { key: 'policy:app.user_credential.admin_all', attribute: 'roles', driftClass: 'security', severity: 'error', words: [/app_tenant/] },
      repair: 'owner',
    },
    {
      name: 'a policy for another role',
      breaks: ['alter policy queue_all on app.job to app_admin'],
      finds: { key: 'policy:app.job.queue_all', attribute: 'roles', driftClass: 'security', words: [/app_queue/, /app_admin/] },
      repair: 'owner',
    },
    {
      name: 'one policy more, which shows every row',
      breaks: ['create policy support_peek on app.input_request for select to app_tenant using (true)'],
      finds: { key: 'policy:app.input_request.support_peek', driftClass: 'security', severity: 'error', words: [/support_peek/] },
      repair: 'owner',
    },
    {
      name: 'one policy more, which hides rows',
      breaks: ['create policy only_mine on app.git_agent as restrictive for select to app_tenant using (is_active)'],
      finds: { key: 'policy:app.git_agent.only_mine', driftClass: 'security', words: [/only_mine/] },
      repair: 'owner',
    },
    {
      name: 'a policy renamed',
      breaks: ['alter policy tenant_isolation on app.git_credential rename to isolation'],
      finds: { key: 'policy:app.git_credential.tenant_isolation', driftClass: 'security', words: [/tenant_isolation/] },
      alsoFinds: ['policy:app.git_credential.isolation'],
      repair: 'owner',
    },
  ],
};
