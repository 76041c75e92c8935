import { statementRule } from './rule.js';
import { columnsAddedToOld, constraintsAddedToOld } from './support/alterations.js';

const BUILT = new Set(['CONSTR_UNIQUE', 'CONSTR_PRIMARY', 'CONSTR_EXCLUSION']);

export const uniqueUsingIndex = statementRule({
  id: 'unique-using-index',
  title: 'A UNIQUE or primary key of an existing table takes over an index that was built CONCURRENTLY',
  why: 'ADD UNIQUE builds its index under ACCESS EXCLUSIVE: neither reads nor writes until it is done.',
  mend: 'create unique index concurrently uq_…; then add constraint uq_… unique using index uq_…',
  severity: 'error',
  red: { sql: 'alter table app.note add constraint uq_note_title unique (org_id, title)' },
  green: {
    sql: `create unique index concurrently uq_note_title on app.note (org_id, title);
alter table app.note add constraint uq_note_title unique using index uq_note_title`,
  },
  check: (facts) => [
    ...constraintsAddedToOld(facts)
      .filter(({ constraint }) => BUILT.has(constraint.contype ?? '') && constraint.indexname === undefined)
      .map(({ statement, table, constraint }) => ({
        statement,
        object: `constraint ${constraint.conname ?? ''} on ${table}`,
        says: `This locks "${table}" until the index of the key is built.`,
      })),
    ...columnsAddedToOld(facts)
      .filter(({ constraints }) => constraints.some(({ contype }) => BUILT.has(contype ?? '')))
      .map(({ statement, table, column }) => ({
        statement,
        object: `column ${table}.${column.colname ?? ''}`,
        says: `This locks "${table}" until the index of "${column.colname ?? ''}" is built.`,
      })),
  ],
});
