import type { DriftCases } from '../drift-case.js';

export const DEFAULT_PRIVILEGE_CASES: DriftCases = {
  kind: 'default privilege',
  cases: [
    {
      name: 'new functions open to everybody',
      breaks: ['alter default privileges grant execute on functions to public'],
      finds: { key: 'defaultPrivilege:app_owner."".f.PUBLIC', driftClass: 'security', severity: 'error', words: [/function/i] },
      repair: 'owner',
    },
    {
      name: 'new tables of the schema open to tenants',
      breaks: ['alter default privileges in schema app grant select on tables to app_tenant'],
      finds: { key: 'defaultPrivilege:app_owner.app.r.app_tenant', driftClass: 'security', severity: 'error', words: [/app_tenant/] },
      repair: 'owner',
    },
    {
      name: 'new tables open to everybody',
      breaks: ['alter default privileges grant select on tables to public'],
      finds: { key: 'defaultPrivilege:app_owner."".r.PUBLIC', driftClass: 'security', severity: 'error', words: [/PUBLIC/i] },
      repair: 'owner',
    },
    {
      name: 'new sequences open to a login',
      breaks: ['alter default privileges in schema app grant usage on sequences to app_login'],
      finds: { key: 'defaultPrivilege:app_owner.app.S.app_login', driftClass: 'security', words: [/app_login/] },
      repair: 'owner',
    },
    {
      name: 'new types closed to everybody',
      breaks: ['alter default privileges revoke usage on types from public'],
      finds: { key: 'defaultPrivilege:app_owner."".T.PUBLIC', driftClass: 'security', words: [/type/i] },
      repair: 'owner',
    },
    {
      name: 'new schemas open to tenants',
      breaks: ['alter default privileges grant create on schemas to app_tenant'],
      finds: { key: 'defaultPrivilege:app_owner."".n.app_tenant', driftClass: 'security', words: [/schema/i] },
      repair: 'owner',
    },
  ],
};

export const OWNER_CASES: DriftCases = {
  kind: 'owner',
  cases: [
    {
      name: 'a table of another owner',
      by: 'admin',
      breaks: ['alter table app.email_template owner to app_admin'],
      finds: { key: 'table:app.email_template', attribute: 'owner', driftClass: 'security', severity: 'error', words: [/app_admin/, /app_owner/] },
      alsoFinds: ['acl:(table:app.email_template).app_admin privileges', 'acl:(table:app.email_template).app_owner'],
      repair: 'administrator',
    },
    {
      name: 'a table that a tenant owns',
      by: 'admin',
      breaks: ['alter table app.rate_limit owner to app_tenant'],
      finds: { key: 'table:app.rate_limit', attribute: 'owner', driftClass: 'security', severity: 'error', words: [/app_tenant/] },
      alsoFinds: ['acl:(table:app.rate_limit).app_owner', 'acl:(table:app.rate_limit).app_tenant'],
      repair: 'administrator',
    },
    {
      name: 'a function of another owner',
      by: 'admin',
      breaks: ['alter function app.shares_organization(uuid) owner to app_admin'],
      finds: { key: 'function:app.shares_organization(uuid)', attribute: 'owner', driftClass: 'security', words: [/app_admin/] },
      alsoFinds: ['acl:(function:app.shares_organization(uuid)).app_admin', 'acl:(function:app.shares_organization(uuid)).app_owner'],
      repair: 'administrator',
    },
    {
      name: 'a sequence of another owner',
      by: 'admin',
      breaks: ['alter sequence app.job_clock owner to app_queue'],
      finds: { key: 'sequence:app.job_clock', attribute: 'owner', driftClass: 'security', words: [/app_queue/] },
      alsoFinds: ['acl:(sequence:app.job_clock).app_owner', 'acl:(sequence:app.job_clock).app_queue privileges'],
      repair: 'administrator',
    },
    {
      name: 'the schema of another owner',
      by: 'admin',
      breaks: ['alter schema app owner to app_admin', 'grant usage on schema app to app_owner'],
      finds: { key: 'schema:app', attribute: 'owner', driftClass: 'security', severity: 'error', words: [/app_admin/] },
      alsoFinds: ['acl:(schema:app).app_admin privileges', 'acl:(schema:app).app_owner privileges'],
      repair: 'administrator',
    },
  ],
};
