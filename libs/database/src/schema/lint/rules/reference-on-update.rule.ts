import { catalogueRule } from './rule.js';

const KEY = 'alter table app.note add constraint fk_note_created_by foreign key (created_by) references app."user" (id) on delete set null';
const COLUMN = `alter table app.note add column created_by uuid;
create index concurrently ix_note_created_by on app.note (org_id, created_by)`;

export const referenceOnUpdate = catalogueRule({
  id: 'reference-on-update',
  title: 'No foreign key says ON UPDATE CASCADE, SET NULL or SET DEFAULT',
  why: 'Keys never change, org_id least of all. Citus refuses ON UPDATE CASCADE on a key that holds the column it shards by (13.2), and on any other key it would carry a change that must not happen.',
  mend: 'Leave ON UPDATE away (NO ACTION).',
  severity: 'error',
  red: { sql: `${COLUMN};\n${KEY} on update cascade not valid` },
  green: { sql: `${COLUMN};\n${KEY} not valid;\nalter table app.note validate constraint fk_note_created_by` },
  check: ({ model }) =>
    model.tables.flatMap(({ name: table, foreignKeys }) =>
      foreignKeys
        .filter(({ onUpdate }) => onUpdate !== 'NO ACTION' && onUpdate !== 'RESTRICT')
        .map(({ name, onUpdate }) => ({ object: `foreign key ${name} on ${table}`, table, says: `"${name}" of "${table}" is ON UPDATE ${onUpdate}.` })),
    ),
});
