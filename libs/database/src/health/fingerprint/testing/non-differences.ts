import { respelled } from './respelled.js';

/** Changes that are none for a fingerprint: what is another server's, the operator's, or nobody's business. */
export const NON_DIFFERENCES: readonly (readonly [name: string, sql: string])[] = [
  ['comments', "comment on table app.run is 'other words'; comment on column app.run.fence is 'other'; comment on policy owner_all on app.run is 'x'"],
  [
    'rights given again, in another order',
    `revoke all on app.organization_usage from app_tenant, app_admin;
     grant update ("total_runs", "total_cost", "total_tokens", "runs_by_status", "usage_details", "total_cost_micros", "period_end", "period_start") on app.organization_usage to app_admin;
     grant delete, insert, select on app.organization_usage to app_admin;
     grant update ("period_start", "period_end", "total_runs", "total_cost", "total_tokens", "runs_by_status", "usage_details", "total_cost_micros"), select, insert, delete on app.organization_usage to app_tenant`,
  ],
  ['a right given and taken back', 'grant select on app.migration_id_seq to app_queue; revoke select on app.migration_id_seq from app_queue'],
  [
    'another order of columns',
    'alter table app.run add column kept text; update app.run set kept = error_message; alter table app.run drop column error_message; alter table app.run rename column kept to error_message; grant update (error_message) on app.run to app_tenant, app_admin',
  ],
  ['policies, checks, defaults, indexes, functions and triggers made again, last first, as PostgreSQL shows them (what a dump does)', respelled],
  ['rows', "insert into app.webhook_event (id, provider, external_id, type, payload) values ('00000000-0000-0000-0000-000000000001', 'x', 'y', 'z', '{}')"],
  ['statistics and new files', 'analyze app.run; reindex table app.run; cluster app.run using pk_run; alter table app.run set without cluster'],
  [
    'storage parameters and statistics targets',
    'alter table app.job set (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 80); alter table app.run alter column status set statistics 500',
  ],
  ['planner costs of a function', 'alter function app.shares_organization(uuid) cost 5'],
  ['which columns a replica identity has', 'alter table app.run replica identity full; create publication everything for tables in schema app'],
  [
    'objects in another schema',
    'create schema other; create table other.run as select * from app.run; create function other.f() returns int language sql return 1; grant all on other.run to public',
  ],
  ['a temporary table', 'create temp table run (id int)'],
  ['an extension', 'create schema elsewhere; create extension if not exists plpgsql schema pg_catalog'],
  ['passwords, limits and expiry of roles', "alter role app_login password 'other' connection limit 5 valid until '2099-01-01'"],
  ['tuning of a role or database', "alter role app_login set work_mem = '64MB'; alter database postgres set random_page_cost = 1.1"],
  ['what a cluster needs', "alter role app_tenant login; alter role app_admin login; alter role app_login set citus.propagate_set_commands = 'local'"],
  ['who made the roles', 'create role manager createrole; grant app_owner, app_tenant to manager with admin option'],
  [
    'rights of the database and of built-in functions',
    'grant temporary, create on database postgres to public; grant execute on function pg_catalog.set_config(text, text, boolean) to public',
  ],
  [
    "a session's settings",
    "set local quote_all_identifiers = on; set local intervalstyle = 'iso_8601'; set local search_path = app; set local datestyle = 'German'",
  ],
];
