import { as } from '../sql/ast.js';
import { statementRule } from './rule.js';

export const grantAll = statementRule({
  id: 'grant-all',
  title: 'A grant names its privileges and its objects',
  why: 'GRANT ALL holds TRUNCATE, REFERENCES and TRIGGER, and from PostgreSQL 17 on MAINTAIN as well: what it means changes with the server. ALL TABLES IN SCHEMA means those of that moment, on each database others.',
  mend: 'grant select, insert, delete, update (<columns>) on app.<table> to app_tenant',
  severity: 'error',
  red: { sql: 'grant all on app.note to app_queue' },
  green: { sql: 'grant select, insert on app.note to app_queue' },
  check: ({ statements }) =>
    statements.flatMap((statement) => {
      const grant = as(statement.node, 'GrantStmt');
      if (grant?.is_grant !== true) return [];
      const says = [
        ...((grant.privileges ?? []).length === 0 ? ['This grants ALL.'] : []),
        ...(grant.targtype === 'ACL_TARGET_ALL_IN_SCHEMA' ? ['This grants on all objects of a schema, whatever they are.'] : []),
      ];
      return says.map((text) => ({ statement, object: 'grant', says: text }));
    }),
});
