import { allOf, as, tableName } from '../sql/ast.js';
import { statementRule } from './rule.js';

export const orgIdUpdated = statementRule({
  id: 'org-id-updated',
  title: 'org_id is never updated',
  why: 'A row that moves to another organization leaves its references behind or drags them along; keys, exports and shards are by org_id, and Citus refuses the statement.',
  mend: 'Insert the row under the other organization and delete the old one, with everything that belongs to it.',
  severity: 'error',
  red: { sql: `update app.note set org_id = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c' where title = 'x'` },
  green: { sql: `update app.note set title = 'y' where title = 'x'` },
  check: ({ statements }) =>
    statements.flatMap((statement) => {
      const update = as(statement.node, 'UpdateStmt');
      const onConflict = as(statement.node, 'InsertStmt')?.onConflictClause;
      const targets = [...allOf(update?.targetList, 'ResTarget'), ...allOf(onConflict?.targetList, 'ResTarget')];
      const table = tableName(update?.relation ?? as(statement.node, 'InsertStmt')?.relation);
      return targets.some(({ name }) => name === 'org_id') ? [{ statement, object: `table ${table}`, says: `This updates org_id of "${table}".` }] : [];
    }),
});
