import { as, findAll, tableName } from '../sql/ast.js';
import { statementRule } from './rule.js';

export const insertFromLiterals = statementRule({
  id: 'insert-from-literals',
  title: 'Literals are inserted by VALUES, not by INSERT … SELECT',
  why: 'On a distributed table Citus refuses INSERT … SELECT from literals, from unnest and from a CTE (13.2). Multi-row VALUES works on one machine and on many.',
  mend: 'insert into … values (…), (…)',
  severity: 'error',
  red: {
    sql: `insert into app.permission (id, key, description, category) select gen_random_uuid(), k, k, 'notes' from unnest(array['note:read', 'note:write']) k`,
  },
  green: {
    sql: `insert into app.permission (id, key, description, category) values
  ('0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', 'note:read', 'Read notes', 'notes'), ('0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3d', 'note:write', 'Write notes', 'notes')`,
  },
  check: ({ statements }) =>
    statements.flatMap((statement) => {
      const insert = as(statement.node, 'InsertStmt');
      const select = as(insert?.selectStmt, 'SelectStmt');
      if (select === undefined || select.valuesLists !== undefined) return [];
      const ctes = findAll(select, 'CommonTableExpr').map(({ ctename }) => ctename);
      const fromTables = findAll(select.fromClause, 'RangeVar').some(({ relname }) => !ctes.includes(relname));
      return fromTables && ctes.length === 0 && insert?.withClause === undefined
        ? []
        : [{ statement, object: `table ${tableName(insert?.relation)}`, says: 'This inserts from a SELECT whose rows come from no table.' }];
    }),
});
