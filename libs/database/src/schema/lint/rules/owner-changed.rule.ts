import { as, tableName } from '../sql/ast.js';
import { statementRule } from './rule.js';
import { alterations } from './support/alterations.js';

export const ownerChanged = statementRule({
  id: 'owner-changed',
  title: 'No migration changes an owner',
  why: 'app_owner owns everything; whoever owns a table may switch its row security off. An owner that must be mended is an operator’s act, recorded in the ledger, and no migration.',
  mend: 'Leave it away; npm run schema:fix mends an owner that is wrong.',
  severity: 'error',
  red: { sql: 'alter table app.note owner to app_admin', asSuperuser: true },
  green: { sql: `comment on table app.note is 'What an organization writes down'` },
  check: (facts) => [
    ...facts.statements.flatMap((statement) => {
      const alter = as(statement.node, 'AlterOwnerStmt');
      return alter === undefined
        ? []
        : [{ statement, object: tableName(alter.relation) || 'owner', says: `This gives an object to "${alter.newowner?.rolename ?? 'another role'}".` }];
    }),
    ...alterations(facts)
      .filter(({ command }) => command.subtype === 'AT_ChangeOwner')
      .map(({ statement, table, command }) => ({
        statement,
        object: `table ${table}`,
        says: `This gives "${table}" to "${command.newowner?.rolename ?? 'another role'}".`,
      })),
  ],
});
