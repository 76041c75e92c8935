import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

const LIST = 'state varchar(50) not null constraint ck_memo_state check';

export const closedSetCheck = catalogueRule({
  id: 'closed-set-check',
  title: `A closed set is written as col = any (array['A', 'B']::text[])`,
  why: 'PostgreSQL respells `varchar in (…)` when a dump is restored: the same CHECK then reads differently on two databases, which looks like drift for ever.',
  mend: `check (status = any (array['A', 'B']::text[]))`,
  severity: 'error',
  red: { sql: tenantTable('memo', `${LIST} (state in ('OPEN', 'DONE')),`) },
  green: { sql: tenantTable('memo', `${LIST} (state = any (array['OPEN', 'DONE']::text[])),`) },
  check: ({ model }) =>
    model.tables.flatMap(({ name: table, checks }) =>
      checks
        .filter(({ expression }) => /'::character varying/.test(expression))
        .map(({ name }) => ({
          object: `check ${name} on ${table}`,
          table,
          says: `The CHECK "${name}" of "${table}" compares with varchar literals, which a restore respells.`,
        })),
    ),
});
