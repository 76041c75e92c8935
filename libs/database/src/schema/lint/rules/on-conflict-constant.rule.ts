import { allOf, as, findAll, tableName } from '../sql/ast.js';
import { statementRule } from './rule.js';

const INSERT = `insert into app.permission (id, key, description, category) values ('0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', 'note:read', 'Read notes', 'notes')
on conflict (key) do update set`;

export const onConflictConstant = statementRule({
  id: 'on-conflict-constant',
  title: 'DO UPDATE SET takes EXCLUDED, parameters and constants',
  why: 'On a distributed table Citus refuses functions such as now() and the word DEFAULT there (13.2): each node would compute its own. updated_at is the trigger’s anyway.',
  mend: 'set column = excluded.column',
  severity: 'error',
  red: { sql: `${INSERT} description = excluded.description, updated_at = now()` },
  green: { sql: `${INSERT} description = excluded.description` },
  check: ({ statements }) =>
    statements.flatMap((statement) => {
      const insert = as(statement.node, 'InsertStmt');
      return allOf(insert?.onConflictClause?.targetList, 'ResTarget')
        .filter(({ val }) => findAll(val, 'FuncCall').length + findAll(val, 'SetToDefault').length + findAll(val, 'SQLValueFunction').length > 0)
        .map(({ name = '' }) => ({
          statement,
          object: `column ${tableName(insert?.relation)}.${name}`,
          says: `DO UPDATE computes "${name}" by a function or DEFAULT.`,
        }));
    }),
});
