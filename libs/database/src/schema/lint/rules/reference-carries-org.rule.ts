import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const referenceCarriesOrg = catalogueRule({
  id: 'reference-carries-org',
  title: 'A foreign key between class T tables carries org_id on both sides',
  why: 'PostgreSQL checks foreign keys past row security. With a key on x_id alone one organization can point at another’s row, and learns from the error whether an id exists there.',
  mend: 'foreign key (org_id, x_id) references app.<x> (org_id, id)',
  severity: 'error',
  red: {
    given: `${tenantTable('note')};\nalter table app.note add constraint uq_note_id unique (id)`,
    sql: `${tenantTable('memo', 'note_id uuid,')};
create index ix_memo_note_id on app.memo (org_id, note_id);
alter table app.memo add constraint fk_memo_note_id foreign key (note_id) references app.note (id) on delete cascade`,
  },
  green: {
    sql: `${tenantTable('memo', 'note_id uuid,')};
create index ix_memo_note_id on app.memo (org_id, note_id);
alter table app.memo add constraint fk_memo_note_id foreign key (org_id, note_id) references app.note (org_id, id) on delete cascade`,
  },
  check: ({ model, tenantTables, classOf }) => {
    // A member is named by its organization too: organization_user is class M and carries org_id.
    const carriers = new Set(
      model.tables
        .filter(({ name, columns }) => /^[TM]$/.test(classOf(name) ?? '') && columns.some((column) => column.name === 'org_id'))
        .map(({ name }) => name),
    );
    return tenantTables.flatMap(({ name: table, foreignKeys }) =>
      foreignKeys
        .filter(({ target, columns, targetColumns }) => carriers.has(target) && columns[targetColumns.indexOf('org_id')] !== 'org_id')
        .map(({ name, columns, target }) => ({
          object: `foreign key ${name} on ${table}`,
          table,
          says: `"${name}" points from (${columns.join(', ')}) of "${table}" at "${target}" without the organization.`,
        })),
    );
  },
});
