import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const enumType = catalogueRule({
  id: 'enum-type',
  title: 'No enum types: a closed set is varchar(50) with a named CHECK',
  why: 'PostgreSQL can add a value to an enum but never take one away, and a migration that adds one cannot use it in the same transaction. A CHECK is replaced in one statement.',
  mend: `status varchar(50) not null, constraint ck_<table>_status check (status = any (array['A', 'B']::text[]))`,
  severity: 'error',
  red: { sql: `create type app.note_state as enum ('OPEN', 'DONE')` },
  green: { sql: tenantTable('memo', `state varchar(50) not null constraint ck_memo_state check (state = any (array['OPEN', 'DONE']::text[])),`) },
  check: ({ model }) => model.types.filter(({ isEnum }) => isEnum).map(({ name }) => ({ object: `type ${name}`, says: `"${name}" is an enum type.` })),
});
