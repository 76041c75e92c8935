import type { DriftCases } from '../drift-case.js';

export const TABLE_CASES: DriftCases = {
  kind: 'table',
  cases: [
    {
      name: 'a dropped table',
      breaks: ['drop table app.email_preference'],
      finds: { key: 'table:app.email_preference', driftClass: 'data', severity: 'error', words: [/email_preference/, /not there/i] },
      repair: 'owner',
    },
    {
      name: 'a table nobody declared',
      breaks: ['create table app.scratchpad (id uuid primary key, note text)', `insert into app.scratchpad values (gen_random_uuid(), 'kept?')`],
      finds: { key: 'table:app.scratchpad', driftClass: 'extra', words: [/scratchpad/] },
      repair: 'destructive',
      plan: { lock: 'ACCESS EXCLUSIVE', rewrite: false, loses: /every row of app\.scratchpad/ },
    },
    {
      name: 'a renamed table',
      breaks: ['alter table app.rate_limit rename to rate_limits'],
      finds: { key: 'table:app.rate_limit', driftClass: 'data', words: [/rate_limit/] },
      alsoFinds: ['table:app.rate_limits', 'index:app.ix_rate_limit_expire def'],
      repair: 'destructive',
    },
    {
      name: 'a table that a crash empties',
      breaks: ['alter table app.api_call set unlogged'],
      finds: { key: 'table:app.api_call', attribute: 'persistence', driftClass: 'data', words: [/unlogged|crash/i] },
      repair: 'owner',
      plan: { lock: 'ACCESS EXCLUSIVE', rewrite: true },
    },
    {
      name: 'another fill factor',
      breaks: ['alter table app.run set (fillfactor = 50)'],
      finds: { key: 'table:app.run', attribute: 'reloptions', driftClass: 'performance', words: [/fillfactor/] },
      repair: 'owner',
    },
    {
      name: 'a table that is no longer vacuumed',
      breaks: ['alter table app.job set (autovacuum_enabled = false)'],
      finds: { key: 'table:app.job', attribute: 'reloptions', driftClass: 'performance', words: [/autovacuum_enabled/] },
      repair: 'owner',
    },
    {
      name: 'a replica identity of all columns',
      breaks: ['alter table app.run replica identity full'],
      finds: { key: 'table:app.run', attribute: 'replicaIdentity', driftClass: 'data', words: [/replica/i] },
      repair: 'owner',
    },
    {
      name: 'a replica identity of nothing',
      breaks: ['alter table app.step replica identity nothing'],
      finds: { key: 'table:app.step', attribute: 'replicaIdentity', driftClass: 'data', words: [/replica/i] },
      repair: 'owner',
    },
    {
      name: 'a table that inherits from another',
      by: 'admin',
      breaks: ['create table public.base ()', 'alter table public.base owner to app_owner', 'alter table app.team_membership inherit public.base'],
      finds: { key: 'table:app.team_membership', attribute: 'parentTable', driftClass: 'data', words: [/base/] },
      repair: 'owner',
      undo: ['drop table public.base'],
    },
    {
      name: 'a rule that swallows deletes',
      breaks: ['create rule swallow as on delete to app.audit_log do instead nothing'],
      finds: { key: 'rule:app.audit_log.swallow', driftClass: 'security', words: [/swallow/] },
      repair: 'owner',
    },
    {
      name: 'a rule that doubles inserts elsewhere',
      breaks: [`create rule copy_key as on insert to app.rate_limit do also insert into app.job_schedule (kind, cron) values (new."key", '* * * * *')`],
      finds: { key: 'rule:app.rate_limit.copy_key', driftClass: 'security', words: [/copy_key/] },
      repair: 'owner',
    },
  ],
};
