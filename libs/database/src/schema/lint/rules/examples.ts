/** The statements of a class T table as it should be; `columns` are further ones, each ending with a comma. */
export function tenantTable(name: string, columns = ''): string {
  const more = columns === '' ? '' : `\n  ${columns}`;
  return `create table app.${name} (
  org_id uuid not null default app.current_org_id(),
  id uuid not null,${more}
  title varchar(255) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint pk_${name} primary key (org_id, id)
);
alter table app.${name} add constraint fk_${name}_org_id foreign key (org_id) references app.organization (id) on delete cascade;
${secured(name)}`;
}

/** Trigger, row security and grants of a class T table. */
export function secured(name: string): string {
  return `create trigger touch_updated_at before update on app.${name} for each row execute function app.touch_updated_at();
alter table app.${name} enable row level security;
alter table app.${name} force row level security;
create policy owner_all on app.${name} for all to app_owner using (true) with check (true);
create policy tenant_isolation on app.${name} for all to app_tenant using (org_id = app.current_org_id()) with check (org_id = app.current_org_id());
create policy admin_all on app.${name} for all to app_admin using (true) with check (true);
grant select, insert, delete, update (title) on app.${name} to app_tenant, app_admin`;
}

/** What stands before an example that says nothing else. */
export const GIVEN = tenantTable('note');
