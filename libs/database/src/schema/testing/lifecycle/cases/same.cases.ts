import type { SameCase } from '../drift-case.js';

/** Drops the constraint and makes it again, in other words. */
const constraint = (table: string, name: string, definition: string): string[] => [
  `alter table app.${table} drop constraint ${name}`,
  `alter table app.${table} add constraint ${name} ${definition}`,
];
const index = (name: string, definition: string): string[] => [`drop index app.${name}`, `create ${definition}`];

/** Statements about this database, whatever its name. */
const database = (statement: string): string => `do $do$ begin execute format($fmt$${statement}$fmt$, current_database()); end $do$`;

export const SAME_CASES: readonly SameCase[] = [
  { name: 'rows', does: [`insert into app.rate_limit ("key", points) select 'k' || n, n from generate_series(1, 100) n`, 'delete from app.job_schedule'] },
  { name: 'statistics', does: ['analyze'] },
  { name: 'a table written anew', by: 'admin', does: ['vacuum full app.run'] },
  { name: 'indexes built anew', does: ['reindex table app.run', 'reindex index concurrently app.ix_task_status'] },
  {
    name: 'things made in another order, with other object identifiers',
    does: [
      ...index('ix_run_created_at', 'index ix_run_created_at on app.run (org_id, created_at desc, id desc)'),
      ...index('ix_run_session_id', 'index ix_run_session_id on app.run (org_id, session_id)'),
    ],
  },
  {
    name: 'a check that says IN where ANY is declared',
    does: constraint('run', 'ck_run_status', `check (status in ('QUEUED', 'RUNNING', 'WAITING_INPUT', 'COMPLETED', 'FAILED', 'CANCELLED'))`),
  },
  {
    name: 'a check with needless parentheses and casts',
    does: constraint('"user"', 'ck_user_email', 'check (((email)::text = lower((email)::text)))'),
  },
  {
    name: 'checks as a dump writes them, and as the restore of that prints them',
    does: [
      `do $$ declare k record; round integer; begin
         for round in 1..2 loop
           for k in select conname, conrelid::regclass as t, pg_get_constraintdef(oid) as def from pg_constraint where contype = 'c' and connamespace = 'app'::regnamespace loop
             execute format('alter table %s drop constraint %I', k.t, k.conname);
             execute format('alter table %s add constraint %I %s', k.t, k.conname, k.def);
           end loop;
         end loop;
       end $$`,
    ],
  },
  {
    name: 'an index with its predicate in other words',
    does: [
      ...index('ix_job_dead', `index ix_job_dead on app.job using btree (kind asc, updated_at asc nulls last) where (((state)::text = 'DEAD'::text))`),
      ...index('ix_file_created_at', 'index ix_file_created_at on app.file (org_id, created_at desc) where (deleted_at is null)'),
    ],
  },
  { name: 'a default in other words', does: [`alter table app.run alter column status set default ('QUEUED'::text)`] },
  { name: 'a number as a default in other words', does: ['alter table app.run alter column total_tokens set default 0'] },
  {
    name: 'policies in other words',
    does: [
      'alter policy tenant_isolation on app.run using (((org_id) = (app.current_org_id()))) with check ((app.run.org_id = app.current_org_id()))',
      'alter policy tenant_select on app."user" using ((id = app.current_user_id()) or (app.shares_organization("user".id)))',
    ],
  },
  {
    name: 'a policy made again',
    does: [
      'drop policy tenant_isolation on app.step',
      'create policy tenant_isolation on app.step as permissive for all to app_tenant using ((org_id = app.current_org_id())) with check ((org_id = app.current_org_id()))',
    ],
  },
  {
    name: 'columns in another order',
    does: [
      'alter table app.webhook_event rename column api_version to old_version',
      'alter table app.webhook_event add column api_version varchar(50)',
      `do $$ begin execute format('comment on column app.webhook_event.api_version is %L',
         col_description('app.webhook_event'::regclass, (select attnum from pg_attribute where attrelid = 'app.webhook_event'::regclass and attname = 'old_version'))); end $$`,
      'alter table app.webhook_event drop column old_version',
      'grant update (api_version) on app.webhook_event to app_admin',
    ],
  },
  {
    name: 'a table in another schema',
    by: 'admin',
    does: ['create schema reports', 'create table reports.monthly (month date)'],
    undo: ['drop schema reports cascade'],
  },
  { name: 'a table of somebody else in public', by: 'admin', does: ['create table public.notes (note text)'], undo: ['drop table public.notes'] },
  {
    name: 'a role that has nothing to do with us',
    by: 'admin',
    does: ['create role lifecycle_visitor login'],
    undo: ['drop role lifecycle_visitor'],
  },
  { name: 'a grant given twice', does: ['grant select on app.run to app_tenant', 'grant select on app.run to app_tenant granted by app_owner'] },
  { name: 'a grant taken away and given again', does: ['revoke select on app.team from app_tenant', 'grant select on app.team to app_tenant'] },
  {
    name: 'a unique key made again',
    does: constraint('role', 'uq_role_name', 'unique nulls distinct (org_id, name) not deferrable initially immediate'),
  },
  {
    name: 'a foreign key made again, with its defaults said',
    does: constraint(
      'step',
      'fk_step_run_id',
      'foreign key (org_id, run_id) references app.run (org_id, id) match simple on update no action on delete cascade not deferrable',
    ),
  },
  { name: 'numbers taken from a sequence', does: [`select setval('app.job_clock', 4711)`, `select nextval('app.workflow_data_id_seq')`] },
  {
    name: 'a comment said again',
    does: [`do $$ begin execute format('comment on table app.run is %L', obj_description('app.run'::regclass)); end $$`],
  },
  {
    name: 'a function made again from its own text',
    does: [`do $$ begin execute pg_get_functiondef('app.enter_tenant(uuid, text, uuid, text, integer, integer, integer)'::regprocedure); end $$`],
  },
  {
    name: 'a trigger made again',
    does: [
      'drop trigger raise_version on app.agent',
      'create trigger raise_version before update on app.agent for each row execute procedure app.raise_version()',
    ],
  },
  {
    name: 'NOT NULL under another name',
    since: 18,
    does: ['alter table app.agent alter column name drop not null', 'alter table app.agent add constraint agent_must_have_a_name not null name'],
  },
  {
    name: 'NOT NULL taken away and said again',
    does: ['alter table app.team alter column name drop not null', 'alter table app.team alter column name set not null'],
  },
  {
    name: 'an option reset that was never set',
    does: ['alter table app.run reset (fillfactor)', 'alter table app.run alter column status reset (n_distinct)'],
  },
  { name: 'a storage said that is the default', does: ['alter table app.run alter column initial_prompt set storage extended'] },
  { name: 'a replica identity said that is the default', does: ['alter table app.run replica identity default'] },
  { name: 'row security switched on twice', does: ['alter table app.run enable row level security', 'alter table app.run force row level security'] },
  { name: 'an extension in public', by: 'admin', does: ['create extension if not exists pgcrypto schema public'], undo: ['drop extension if exists pgcrypto'] },
  { name: 'a comment on the database', by: 'admin', does: [database(`comment on database %I is 'ours'`)], undo: [database('comment on database %I is null')] },
  { name: 'a temporary table of a session', by: 'admin', does: ['create temporary table draft (note text)'], undo: ['drop table pg_temp.draft'] },
];
