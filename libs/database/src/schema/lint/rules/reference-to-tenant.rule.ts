import { catalogueRule } from './rule.js';

export const referenceToTenant = catalogueRule({
  id: 'reference-to-tenant',
  title: 'No table of class G, M or S points at a class T table',
  why: 'On a sharded database those become reference tables, copied to every node, and Citus refuses a key from them to a distributed table. On one machine such a key lets a row of everybody depend on a row of one organization.',
  mend: 'Turn the reference round, or make the table class T.',
  severity: 'error',
  red: {
    sql: `alter table app.permission add column org_id uuid, add column note_id uuid;
create index concurrently ix_permission_note_id on app.permission (org_id, note_id);
alter table app.permission add constraint fk_permission_note_id foreign key (org_id, note_id) references app.note (org_id, id) not valid`,
  },
  green: {
    sql: `alter table app.permission add column created_by uuid;
create index concurrently ix_permission_created_by on app.permission (created_by);
alter table app.permission add constraint fk_permission_created_by foreign key (created_by) references app."user" (id) on delete set null not valid`,
  },
  check: ({ model, classOf }) =>
    model.tables
      .filter(({ name }) => classOf(name) !== 'T')
      .flatMap(({ name: table, foreignKeys }) =>
        foreignKeys
          .filter(({ target }) => classOf(target) === 'T')
          .map(({ name, target }) => ({
            object: `foreign key ${name} on ${table}`,
            table,
            says: `"${table}" is no class T table and points at "${target}", which is.`,
          })),
      ),
});
