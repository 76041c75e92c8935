import { allOf, as, tableName } from '../sql/ast.js';
import { statementRule } from './rule.js';

export const oneConstraintPerAlter = statementRule({
  id: 'one-constraint-per-alter',
  title: 'One ALTER TABLE adds one constraint',
  why: 'Citus refuses an ALTER TABLE with several subcommands where one adds a constraint (13.2). One statement each also says which one failed.',
  mend: 'A statement for each constraint.',
  severity: 'error',
  red: {
    sql: `alter table app.note add constraint ck_note_title check (title <> '') not valid, add constraint ck_note_trim check (title = btrim(title)) not valid`,
  },
  green: {
    sql: `alter table app.note add constraint ck_note_title check (title <> '') not valid;
alter table app.note add constraint ck_note_trim check (title = btrim(title)) not valid`,
  },
  check: ({ statements }) =>
    statements.flatMap((statement) => {
      const alter = as(statement.node, 'AlterTableStmt');
      const commands = allOf(alter?.cmds, 'AlterTableCmd');
      const adds = commands.some(({ subtype }) => subtype === 'AT_AddConstraint');
      return adds && commands.length > 1
        ? [{ statement, object: `table ${tableName(alter?.relation)}`, says: `This ALTER TABLE has ${commands.length} subcommands, and adds a constraint.` }]
        : [];
    }),
});
