import type { DriftCases } from '../drift-case.js';

export const VIEW_CASES: DriftCases = {
  kind: 'view',
  cases: [
    {
      name: 'a view that reads with its owner’s rights',
      breaks: ['create view app.every_run as select org_id, id, status from app.run', 'grant select on app.every_run to app_tenant'],
      finds: { key: 'view:app.every_run', driftClass: 'security', words: [/every_run/] },
      repair: 'owner',
    },
    {
      name: 'a view that reads with the reader’s rights',
      breaks: ['create view app.my_runs with (security_invoker = true) as select org_id, id from app.run'],
      finds: { key: 'view:app.my_runs', driftClass: 'security', words: [/my_runs/] },
      repair: 'owner',
    },
    {
      name: 'a view over a view',
      breaks: ['create view app.first_view as select id from app.role', 'create view app.second_view as select id from app.first_view'],
      finds: { key: 'view:app.first_view', driftClass: 'security', words: [/first_view/] },
      alsoFinds: ['view:app.second_view'],
      repair: 'owner',
    },
    {
      name: 'a kept copy of rows',
      breaks: ['create materialized view app.run_counts as select org_id, count(*) from app.run group by org_id'],
      finds: { key: 'materializedView:app.run_counts', driftClass: 'security', words: [/run_counts/] },
      repair: 'destructive',
      plan: { loses: /run_counts/ },
    },
  ],
};

export const SEQUENCE_CASES: DriftCases = {
  kind: 'sequence',
  cases: [
    {
      name: 'a sequence dropped',
      breaks: ['drop sequence app.job_clock'],
      finds: { key: 'sequence:app.job_clock', driftClass: 'data', severity: 'error', words: [/job_clock/] },
      repair: 'owner',
    },
    {
      name: 'a sequence that counts in twos',
      breaks: ['alter sequence app.job_clock increment by 2'],
      finds: { key: 'sequence:app.job_clock', attribute: 'increment', driftClass: 'data', words: [/2/] },
      repair: 'owner',
    },
    {
      name: 'a sequence with a lower end',
      breaks: ['alter sequence app.job_clock maxvalue 1000000'],
      finds: { key: 'sequence:app.job_clock', attribute: 'maxValue', driftClass: 'data', words: [/1000000/] },
      repair: 'owner',
    },
    {
      name: 'a sequence with an earlier beginning',
      breaks: ['alter sequence app.job_clock minvalue -5'],
      finds: { key: 'sequence:app.job_clock', attribute: 'minValue', driftClass: 'data', words: [/-5/] },
      repair: 'owner',
    },
    {
      name: 'a sequence that starts elsewhere',
      breaks: ['alter sequence app.job_clock start with 100'],
      finds: { key: 'sequence:app.job_clock', attribute: 'start', driftClass: 'data', words: [/100/] },
      repair: 'owner',
    },
    {
      name: 'a sequence of which each session takes many',
      breaks: ['alter sequence app.job_clock cache 100'],
      finds: { key: 'sequence:app.job_clock', attribute: 'cache', driftClass: 'data', words: [/100/] },
      repair: 'owner',
    },
    {
      name: 'a sequence that begins again',
      breaks: ['alter sequence app.job_clock cycle'],
      finds: { key: 'sequence:app.job_clock', attribute: 'cycle', driftClass: 'data', words: [/cycle/i] },
      repair: 'owner',
    },
    {
      name: 'a sequence of smaller numbers',
      breaks: ['alter sequence app.job_clock as integer'],
      finds: { key: 'sequence:app.job_clock', attribute: 'dataType', driftClass: 'data', words: [/integer/] },
      alsoFinds: ['sequence:app.job_clock maxValue'],
      repair: 'owner',
    },
    {
      name: 'a sequence that goes with a column',
      breaks: ['alter sequence app.job_clock owned by app.system_job.fence'],
      finds: { key: 'sequence:app.job_clock', attribute: 'ownedBy', driftClass: 'data', words: [/system_job/] },
      repair: 'owner',
    },
    {
      name: 'a sequence that a crash sets back',
      breaks: ['alter sequence app.job_clock set unlogged'],
      finds: { key: 'sequence:app.job_clock', attribute: 'persistence', driftClass: 'data', words: [/unlogged|crash/i] },
      repair: 'owner',
    },
    {
      name: 'a sequence nobody declared',
      breaks: ['create sequence app.invoice_number'],
      finds: { key: 'sequence:app.invoice_number', driftClass: 'extra', words: [/invoice_number/] },
      repair: 'destructive',
      plan: { loses: /the last number of app\.invoice_number/ },
    },
    {
      name: 'a sequence renamed',
      breaks: ['alter sequence app.job_clock rename to clock_of_jobs'],
      finds: { key: 'sequence:app.job_clock', driftClass: 'data', words: [/job_clock/] },
      alsoFinds: ['sequence:app.clock_of_jobs'],
      repair: 'destructive',
    },
  ],
};

export const TYPE_CASES: DriftCases = {
  kind: 'type',
  cases: [
    {
      name: 'an enumeration nobody declared',
      breaks: [`create type app.mood as enum ('good', 'bad')`],
      finds: { key: 'type:app.mood', driftClass: 'extra', words: [/mood/] },
      repair: 'owner',
    },
    {
      name: 'a domain nobody declared',
      breaks: ['create domain app.short_text as varchar(10)'],
      finds: { key: 'domain:app.short_text', driftClass: 'extra', words: [/short_text/] },
      repair: 'owner',
    },
    {
      name: 'a composite type nobody declared',
      breaks: ['create type app.pair as (first text, second text)'],
      finds: { key: 'type:app.pair', driftClass: 'extra', words: [/pair/] },
      repair: 'owner',
    },
    {
      name: 'a range type nobody declared',
      breaks: ['create type app.price_range as range (subtype = numeric)'],
      finds: { key: 'type:app.price_range', driftClass: 'extra', words: [/price_range/] },
      repair: 'owner',
    },
    {
      name: 'a collation nobody declared',
      breaks: [`create collation app.plain (locale = 'C')`],
      finds: { key: 'collation:app.plain', driftClass: 'extra', words: [/plain/] },
      repair: 'owner',
    },
    {
      name: 'statistics over several columns',
      breaks: ['create statistics app.run_parts (dependencies) on org_id, status from app.run'],
      finds: { key: 'statistics:app.run_parts', driftClass: 'extra', words: [/run_parts/] },
      repair: 'owner',
    },
  ],
};

export const COMMENT_CASES: DriftCases = {
  kind: 'comment',
  cases: [
    {
      name: 'another comment on a table',
      breaks: [`comment on table app.run is 'by hand'`],
      finds: { key: 'comment:(table:app.run)', attribute: 'text', driftClass: 'cosmetic', severity: 'info', words: [/by hand/] },
      repair: 'owner',
    },
    {
      name: 'another comment on a column',
      breaks: [`comment on column app.run.status is 'by hand'`],
      finds: { key: 'comment:(column:app.run.status)', attribute: 'text', driftClass: 'cosmetic', words: [/by hand/] },
      repair: 'owner',
    },
    {
      name: 'a comment on a constraint',
      breaks: [`comment on constraint ck_run_status on app.run is 'by hand'`],
      finds: { key: 'comment:(constraint:app.run.ck_run_status)', driftClass: 'cosmetic', words: [/by hand/] },
      repair: 'owner',
    },
    {
      name: 'a comment on an index',
      breaks: [`comment on index app.ix_job_line is 'by hand'`],
      finds: { key: 'comment:(index:app.ix_job_line)', driftClass: 'cosmetic', words: [/by hand/] },
      repair: 'owner',
    },
    {
      name: 'a comment on a function',
      breaks: [`comment on function app.queue_lag() is 'by hand'`],
      finds: { key: 'comment:(function:app.queue_lag())', driftClass: 'cosmetic', words: [/by hand/] },
      repair: 'owner',
    },
    {
      name: 'a comment on a policy',
      breaks: [`comment on policy tenant_isolation on app.run is 'by hand'`],
      finds: { key: 'comment:(policy:app.run.tenant_isolation)', driftClass: 'cosmetic', words: [/by hand/] },
      repair: 'owner',
    },
    {
      name: 'a comment on a trigger',
      breaks: [`comment on trigger touch_updated_at on app.run is 'by hand'`],
      finds: { key: 'comment:(trigger:app.run.touch_updated_at)', driftClass: 'cosmetic', words: [/by hand/] },
      repair: 'owner',
    },
    {
      name: 'a comment on the schema',
      breaks: [`comment on schema app is 'by hand'`],
      finds: { key: 'comment:(schema:app)', driftClass: 'cosmetic', words: [/by hand/] },
      repair: 'owner',
    },
    {
      name: 'a comment on a sequence',
      breaks: [`comment on sequence app.job_clock is 'by hand'`],
      finds: { key: 'comment:(sequence:app.job_clock)', driftClass: 'cosmetic', words: [/by hand/] },
      repair: 'owner',
    },
  ],
};
