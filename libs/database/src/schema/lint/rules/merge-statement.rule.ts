import { as, tableName } from '../sql/ast.js';
import { statementRule } from './rule.js';

export const mergeStatement = statementRule({
  id: 'merge-statement',
  title: 'No MERGE',
  why: 'Citus refuses it where row security is on (13.2), and PostgreSQL’s MERGE raises a duplicate-key error under concurrency where ON CONFLICT does not.',
  mend: 'INSERT … ON CONFLICT, or UPDATE and INSERT.',
  severity: 'error',
  red: {
    sql: `merge into app.permission p using (values ('note:read')) v (key) on p.key = v.key
when matched then update set description = 'Read notes'`,
  },
  green: { sql: `update app.permission set description = 'Read notes' where key = 'note:read'` },
  check: ({ statements }) =>
    statements.flatMap((statement) => {
      const merge = as(statement.node, 'MergeStmt');
      return merge === undefined ? [] : [{ statement, object: `table ${tableName(merge.relation)}`, says: 'This is a MERGE.' }];
    }),
});
