import { statementRule } from './rule.js';
import { columnsAddedToOld, constraintsAddedToOld } from './support/alterations.js';

export const constraintNotValid = statementRule({
  id: 'constraint-not-valid',
  title: 'A CHECK or foreign key of an existing table is added NOT VALID, and validated afterwards',
  why: 'ADD CONSTRAINT reads the whole table under a lock that writes wait for (a foreign key: on both tables). NOT VALID takes a moment; VALIDATE CONSTRAINT then reads while others write.',
  mend: 'add constraint … not valid; then, in the next migration, validate constraint',
  severity: 'error',
  red: { sql: `alter table app.note add constraint ck_note_title check (title <> '')` },
  green: { sql: `alter table app.note add constraint ck_note_title check (title <> '') not valid;\nalter table app.note validate constraint ck_note_title` },
  check: (facts) => [
    ...constraintsAddedToOld(facts)
      .filter(({ constraint }) => (constraint.contype === 'CONSTR_CHECK' || constraint.contype === 'CONSTR_FOREIGN') && constraint.skip_validation !== true)
      .map(({ statement, table, constraint }) => ({
        statement,
        object: `constraint ${constraint.conname ?? ''} on ${table}`,
        says: `This reads all of "${table}" while writes wait.`,
      })),
    ...columnsAddedToOld(facts)
      .filter(({ constraints }) => constraints.some(({ contype }) => contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN'))
      .map(({ statement, table, column }) => ({
        statement,
        object: `column ${table}.${column.colname ?? ''}`,
        says: `The constraint of "${column.colname ?? ''}" reads all of "${table}" while writes wait.`,
      })),
  ],
});
