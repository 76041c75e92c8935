import { as } from '../sql/ast.js';
import { statementRule } from './rule.js';

export const setWithOthers = statementRule({
  id: 'set-with-others',
  title: 'A SET travels alone, and is LOCAL',
  why: 'Citus forwards a SET inside a message of several statements to its workers as it stands, where it fails (13.2). Without LOCAL the setting outlives the migration on a connection that others use after it.',
  mend: `await runner.query("set local …"), in a message of its own`,
  severity: 'error',
  red: { sql: `set local statement_timeout = '5s'; update app.note set title = btrim(title)` },
  green: { sql: `set local statement_timeout = '5s'` },
  check: ({ statements }) =>
    statements.flatMap((statement) => {
      const set = as(statement.node, 'VariableSetStmt');
      if (set === undefined) return [];
      const name = set.name ?? 'a setting';
      return [
        ...(statement.together > 1
          ? [{ statement, object: `setting ${name}`, says: `"${name}" is set in a message of ${statement.together} statements.` }]
          : []),
        ...(set.is_local === true ? [] : [{ statement, object: `setting ${name}`, says: `"${name}" is set for the whole session.` }]),
      ];
    }),
});
