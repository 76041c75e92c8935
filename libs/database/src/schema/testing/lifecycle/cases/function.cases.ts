import type { DriftCases } from '../drift-case.js';

const WRITE_AUDIT = 'app.write_audit(text, text, text, jsonb)';

export const FUNCTION_CASES: DriftCases = {
  kind: 'function',
  cases: [
    {
      name: 'another body in what policies ask',
      breaks: [
        `create or replace function app.current_org_id() returns uuid language sql stable parallel safe
           return nullif(current_setting('app.other_org', true), '')::uuid`,
      ],
      finds: { key: 'function:app.current_org_id()', attribute: 'body', driftClass: 'security', severity: 'error', words: [/other_org/] },
      anew: true,
      repair: 'owner',
    },
    {
      name: 'another body in a trigger function',
      breaks: [`create or replace function app.touch_updated_at() returns trigger language plpgsql as $$ begin return new; end $$`],
      finds: { key: 'function:app.touch_updated_at()', attribute: 'body', driftClass: 'security', words: [/clock_timestamp/] },
      anew: true,
      repair: 'owner',
    },
    {
      name: 'a function that lost its owner’s rights',
      breaks: [`alter function ${WRITE_AUDIT} security invoker`],
      finds: { key: 'function:app.write_audit(text,text,text,jsonb)', attribute: 'securityDefiner', driftClass: 'security', words: [/SECURITY DEFINER/] },
      repair: 'owner',
    },
    {
      name: 'a function that got its owner’s rights',
      breaks: ['alter function app.enter_auth(uuid, text, integer, integer, integer) security definer'],
      finds: {
        key: 'function:app.enter_auth(uuid,text,integer,integer,integer)',
        attribute: 'securityDefiner',
        driftClass: 'security',
        words: [/SECURITY DEFINER/],
      },
      repair: 'owner',
    },
    {
      name: 'a function with owner’s rights whose search path anybody sets',
      breaks: ['alter function app.shares_organization(uuid) reset search_path'],
      finds: { key: 'function:app.shares_organization(uuid)', attribute: 'searchPath', driftClass: 'security', words: [/search ?path/i] },
      repair: 'owner',
    },
    {
      name: 'a function that looks into another schema first',
      breaks: ['alter function app.job_takes_place() set search_path = public, app'],
      finds: { key: 'function:app.job_takes_place()', attribute: 'searchPath', driftClass: 'security', words: [/public/] },
      repair: 'owner',
    },
    {
      name: 'an answer that a cached plan keeps',
      breaks: ['alter function app.current_user_id() immutable'],
      finds: { key: 'function:app.current_user_id()', attribute: 'volatility', driftClass: 'security', words: [/IMMUTABLE/] },
      repair: 'owner',
    },
    {
      name: 'an answer that is asked for every row',
      breaks: ['alter function app.current_actor_id() volatile'],
      finds: { key: 'function:app.current_actor_id()', attribute: 'volatility', driftClass: 'security', words: [/STABLE/] },
      repair: 'owner',
    },
    {
      name: 'a function that parallel workers may not run',
      breaks: ['alter function app.current_request_id() parallel unsafe'],
      finds: { key: 'function:app.current_request_id()', attribute: 'parallel', driftClass: 'performance', words: [/SAFE/] },
      repair: 'owner',
    },
    {
      name: 'a function that answers null to null',
      breaks: ['alter function app.next_place(uuid, integer) strict'],
      finds: { key: 'function:app.next_place(uuid,integer)', attribute: 'strict', driftClass: 'data', words: [/STRICT/] },
      repair: 'owner',
    },
    {
      name: 'a function said to cost more',
      breaks: ['alter function app.reclaim_jobs() cost 5000'],
      finds: { key: 'function:app.reclaim_jobs()', attribute: 'cost', driftClass: 'performance', words: [/5000/] },
      repair: 'owner',
    },
    {
      name: 'a function said to answer more rows',
      breaks: ['alter function app.queue_lag() rows 5'],
      finds: { key: 'function:app.queue_lag()', attribute: 'rows', driftClass: 'performance', words: [/is: 5$/] },
      repair: 'owner',
    },
    {
      name: 'a function that may see rows before the policy does',
      by: 'admin',
      breaks: ['alter function app.current_actor_type() leakproof'],
      finds: { key: 'function:app.current_actor_type()', attribute: 'leakproof', driftClass: 'security', words: [/LEAKPROOF/] },
      repair: 'owner',
    },
    {
      name: 'a setting of a function taken away',
      breaks: ['alter function app.promote_jobs() reset jit'],
      finds: { key: 'function:app.promote_jobs()', attribute: 'settings', driftClass: 'security', words: [/jit/i] },
      repair: 'owner',
    },
    {
      name: 'a setting of a function added',
      breaks: [`alter function app.renew_jobs(uuid[], uuid[], bigint[], integer) set work_mem = '1GB'`],
      finds: { key: 'function:app.renew_jobs(uuid[],uuid[],bigint[],integer)', attribute: 'settings', driftClass: 'security', words: [/work_mem/i] },
      repair: 'owner',
    },
    {
      name: 'a function in another language',
      breaks: [
        `create or replace function app.current_request_id() returns text language plpgsql stable parallel safe
           as $$ begin return nullif(current_setting('app.request_id', true), ''); end $$`,
      ],
      finds: { key: 'function:app.current_request_id()', attribute: 'language', driftClass: 'security', words: [/plpgsql/] },
      alsoFinds: ['function:app.current_request_id() body'],
      anew: true,
      repair: 'owner',
    },
    {
      name: 'a function dropped',
      breaks: ['drop function app.settle_jobs(uuid[], uuid[], bigint[], text[], integer[], text[])'],
      finds: {
        key: 'function:app.settle_jobs(uuid[],uuid[],bigint[],text[],integer[],text[])',
        driftClass: 'security',
        severity: 'error',
        words: [/settle_jobs/],
      },
      repair: 'owner',
    },
    {
      name: 'a trigger function dropped with its triggers',
      breaks: ['drop function app.set_usage_cost() cascade'],
      finds: { key: 'function:app.set_usage_cost()', driftClass: 'security', words: [/set_usage_cost/] },
      alsoFinds: ['trigger:app.organization_usage.set_usage_cost'],
      repair: 'owner',
    },
    {
      name: 'a function moved out of the schema',
      by: 'admin',
      breaks: ['alter function app.return_job(uuid, uuid, bigint, text, integer, text) set schema public'],
      finds: { key: 'function:app.return_job(uuid,uuid,bigint,text,integer,text)', driftClass: 'security', words: [/return_job/] },
      repair: 'owner',
      undo: ['drop function public.return_job(uuid, uuid, bigint, text, integer, text)'],
    },
    {
      name: 'a function nobody declared',
      breaks: [`create function app.all_runs() returns bigint language sql security definer as 'select count(*) from app.run'`],
      finds: { key: 'function:app.all_runs()', driftClass: 'security', words: [/all_runs/] },
      repair: 'owner',
    },
    {
      name: 'a function of the same name with other arguments',
      breaks: [`create function app.current_org_id(fallback uuid) returns uuid language sql stable as 'select fallback'`],
      finds: { key: 'function:app.current_org_id(uuid)', driftClass: 'security', words: [/current_org_id/] },
      repair: 'owner',
    },
    {
      name: 'a procedure nobody declared',
      breaks: [`create procedure app.tidy() language sql as 'delete from app.rate_limit'`],
      finds: { key: 'procedure:app.tidy()', driftClass: 'security', words: [/tidy/] },
      repair: 'owner',
    },
    {
      name: 'an aggregate nobody declared',
      breaks: ['create aggregate app.total(bigint) (sfunc = int8pl, stype = bigint)'],
      finds: { key: 'aggregate:app.total(bigint)', driftClass: 'security', words: [/total/] },
      repair: 'owner',
    },
    {
      name: 'a function with another result',
      breaks: [
        'drop function app.promote_jobs()',
        `create function app.promote_jobs() returns integer language sql as 'select 0'`,
        'revoke all on function app.promote_jobs() from public',
        'grant execute on function app.promote_jobs() to app_queue',
      ],
      finds: { key: 'function:app.promote_jobs()', attribute: 'returnType', driftClass: 'security', words: [/integer/, /void/] },
      alsoFinds: [
        'function:app.promote_jobs() body',
        'function:app.promote_jobs() language',
        'function:app.promote_jobs() searchPath',
        'function:app.promote_jobs() settings',
      ],
      anew: true,
      repair: 'owner',
    },
    {
      name: 'a function whose argument has a default',
      breaks: [
        `create or replace function app.shares_organization(p_user uuid default app.current_user_id()) returns boolean
           language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$ begin return false; end $$`,
      ],
      finds: { key: 'function:app.shares_organization(uuid)', attribute: 'argSignature', driftClass: 'security', words: [/DEFAULT/] },
      alsoFinds: ['function:app.shares_organization(uuid) body'],
      anew: true,
      repair: 'owner',
    },
    {
      name: 'a function renamed',
      breaks: ['alter function app.queue_lag() rename to lag_of_queue'],
      finds: { key: 'function:app.queue_lag()', driftClass: 'security', words: [/queue_lag/] },
      alsoFinds: ['function:app.lag_of_queue()'],
      repair: 'owner',
    },
  ],
};
