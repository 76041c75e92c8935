import { statementRule, type RecordedFacts } from './rule.js';
import { alterationsOfOld } from './support/alterations.js';

const PREPARED = `alter table app.note add constraint ck_note_body check (body is not null) not valid;
alter table app.note validate constraint ck_note_body`;

export const setNotNull = statementRule({
  id: 'set-not-null',
  title: 'A column of an existing table is required after a validated CHECK says so',
  why: 'SET NOT NULL reads the whole table under ACCESS EXCLUSIVE, unless a valid CHECK (column is not null) already proves it: then it takes a moment.',
  mend: 'add constraint … check (<column> is not null) not valid; validate it; then set not null and drop the check',
  severity: 'error',
  red: { sql: 'alter table app.note add column body text;\nalter table app.note alter column body set not null' },
  green: {
    sql: `alter table app.note add column body text default '';
${PREPARED};
alter table app.note alter column body set not null;
alter table app.note drop constraint ck_note_body`,
  },
  check: (facts) =>
    alterationsOfOld(facts)
      .filter(({ command }) => command.subtype === 'AT_SetNotNull')
      .filter(({ table, command, statement }) => !isProven(facts, table, command.name ?? '', statement.index))
      .map(({ statement, table, command }) => ({
        statement,
        object: `column ${table}.${command.name ?? ''}`,
        says: `This reads all of "${table}" while nobody else can.`,
      })),
});

/** By a CHECK that was there, or that the migration validates before the statement at `place`. */
function isProven({ before, statements }: RecordedFacts, table: string, column: string, place: number): boolean {
  const proves = new RegExp(`\\(?\\(?"?${column}"? is not null\\)?`, 'i');
  const checks = before.model.tables.find(({ name }) => name === table)?.checks ?? [];
  if (checks.some(({ expression }) => proves.test(expression))) return true;
  const earlier = statements.slice(0, place).map(({ text }) => text);
  const added = earlier.flatMap((text) => (proves.test(text) ? (/add constraint "?(\w+)"?/i.exec(text)?.[1] ?? []) : []));
  return added.some((name) => earlier.some((text) => new RegExp(`validate constraint "?${name}"?`, 'i').test(text)));
}
