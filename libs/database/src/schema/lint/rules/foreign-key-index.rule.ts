import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const foreignKeyIndex = catalogueRule({
  id: 'foreign-key-index',
  title: 'Every foreign key has an index that begins with its columns, on class T tables with org_id',
  why: 'PostgreSQL indexes the target of a key, not its source. Without an index each delete of a target row reads the whole table that points at it, with a lock held.',
  mend: 'create index ix_<table>_<column> on app.<table> (org_id, <column>)',
  severity: 'error',
  red: {
    sql: `${tenantTable('memo', 'note_id uuid,')};
alter table app.memo add constraint fk_memo_note_id foreign key (org_id, note_id) references app.note (org_id, id) on delete cascade`,
  },
  green: {
    sql: `${tenantTable('memo', 'note_id uuid,')};
create index ix_memo_note_id on app.memo (org_id, note_id);
alter table app.memo add constraint fk_memo_note_id foreign key (org_id, note_id) references app.note (org_id, id) on delete cascade`,
  },
  check: ({ model, classOf }) =>
    model.tables.flatMap(({ name: table, foreignKeys, indexes }) =>
      foreignKeys
        .filter(({ columns }) => {
          const wanted = classOf(table) === 'T' && !columns.includes('org_id') ? ['org_id', ...columns] : columns;
          return !indexes.some((index) => wanted.every((_, place) => wanted.includes(index.columns[place] ?? '')));
        })
        .map(({ name, columns }) => ({
          object: `foreign key ${name} on ${table}`,
          table,
          says: `No index of "${table}" begins with the columns of "${name}" (${columns.join(', ')}).`,
        })),
    ),
});
