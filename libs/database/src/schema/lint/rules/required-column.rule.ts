import { statementRule } from './rule.js';
import { columnsAddedToOld } from './support/alterations.js';

export const requiredColumn = statementRule({
  id: 'required-column',
  title: 'A column added to an existing table is nullable, or has a default',
  why: 'NOT NULL without a default fails on the first row that there is: on an empty test database it passes. And an old replica, which does not know the column, cannot insert during a roll-out.',
  mend: 'Add it nullable, backfill, then require it; or give it a default that stays.',
  severity: 'error',
  red: { sql: 'alter table app.note add column pages integer not null' },
  green: { sql: 'alter table app.note add column pages integer not null default 0' },
  check: (facts) =>
    columnsAddedToOld(facts)
      .filter(({ constraints }) => constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY'))
      .filter(
        ({ constraints }) =>
          !constraints.some(({ contype }) => contype === 'CONSTR_DEFAULT' || contype === 'CONSTR_IDENTITY' || contype === 'CONSTR_GENERATED'),
      )
      .map(({ statement, table, column }) => ({
        statement,
        object: `column ${table}.${column.colname ?? ''}`,
        says: `"${column.colname ?? ''}" is required, has no default, and "${table}" has rows.`,
      })),
});
