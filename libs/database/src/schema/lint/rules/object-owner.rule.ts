import { catalogueRule } from './rule.js';

export const objectOwner = catalogueRule({
  id: 'object-owner',
  title: 'Everything in the schema is owned by app_owner',
  why: 'An owner may disable row security, drop policies and grant what it likes. A runtime role that owns a table is not bound by anything on it; a superuser’s table cannot be migrated by app_owner.',
  mend: 'Run migrations as app_owner; as a superuser: alter … owner to app_owner.',
  severity: 'error',
  red: { sql: 'alter table app.note owner to app_admin', asSuperuser: true },
  green: {
    sql: `create table app.memo (like app.note including all);
alter table app.memo add constraint fk_memo_org_id foreign key (org_id) references app.organization (id) on delete cascade;
create trigger touch_updated_at before update on app.memo for each row execute function app.touch_updated_at();
alter table app.memo enable row level security;
alter table app.memo force row level security;
create policy owner_all on app.memo for all to app_owner using (true) with check (true);
create policy admin_all on app.memo for all to app_admin using (true) with check (true)`,
  },
  check: ({ model }) =>
    [
      ...model.tables.map(({ name, owner }) => ({ object: `table ${name}`, table: name, owner })),
      ...model.views.map(({ name, owner }) => ({ object: `view ${name}`, owner })),
      ...model.sequences.map(({ name, owner }) => ({ object: `sequence ${name}`, owner })),
      ...model.functions.map(({ signature, owner }) => ({ object: `function ${signature}`, owner })),
    ]
      .filter(({ owner }) => owner !== 'app_owner')
      .map(({ owner, ...where }) => ({ ...where, says: `The ${where.object} is owned by "${owner}".` })),
});
