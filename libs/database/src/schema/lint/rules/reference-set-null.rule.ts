import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const referenceSetNull = catalogueRule({
  id: 'reference-set-null',
  title: 'A foreign key that holds org_id is CASCADE or NO ACTION, never SET NULL',
  why: 'SET NULL would null org_id, which is not null: the delete fails at run time. PostgreSQL’s column list (SET NULL (x_id)) is refused by Citus as well (13.2).',
  mend: 'on delete cascade, or no action and the code that removes the target clears the reference first',
  severity: 'error',
  red: {
    sql: `${tenantTable('memo', 'note_id uuid,')};
create index ix_memo_note_id on app.memo (org_id, note_id);
alter table app.memo add constraint fk_memo_note_id foreign key (org_id, note_id) references app.note (org_id, id) on delete set null (note_id)`,
  },
  green: {
    sql: `${tenantTable('memo', 'note_id uuid,')};
create index ix_memo_note_id on app.memo (org_id, note_id);
alter table app.memo add constraint fk_memo_note_id foreign key (org_id, note_id) references app.note (org_id, id) on delete no action`,
  },
  check: ({ tenantTables }) =>
    tenantTables.flatMap(({ name: table, foreignKeys }) =>
      foreignKeys
        .filter(({ columns, onDelete }) => columns.includes('org_id') && (onDelete === 'SET NULL' || onDelete === 'SET DEFAULT'))
        .map(({ name, onDelete }) => ({
          object: `foreign key ${name} on ${table}`,
          table,
          says: `"${name}" of "${table}" holds org_id and is ON DELETE ${onDelete}.`,
        })),
    ),
});
