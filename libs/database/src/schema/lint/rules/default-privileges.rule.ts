import { as } from '../sql/ast.js';
import { statementRule } from './rule.js';

export const defaultPrivileges = statementRule({
  id: 'default-privileges',
  title: 'No ALTER DEFAULT PRIVILEGES in a migration',
  why: 'It grants on tables that nobody has thought of yet: the next table is open before its policies are written. A grant belongs beside the table it is on.',
  mend: 'Grant on each object by name.',
  severity: 'error',
  red: { sql: 'alter default privileges in schema app grant select on tables to app_tenant' },
  green: { sql: 'grant select on app.note to app_queue' },
  check: ({ statements }) =>
    statements
      .filter(({ node }) => as(node, 'AlterDefaultPrivilegesStmt') !== undefined)
      .map((statement) => ({ statement, object: 'default privileges', says: 'This grants on tables that do not exist yet.' })),
});
