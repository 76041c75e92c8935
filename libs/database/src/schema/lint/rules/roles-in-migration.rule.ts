import { statementRule } from './rule.js';

const KINDS: Readonly<Record<string, string>> = {
  CreateRoleStmt: 'makes a role',
  AlterRoleStmt: 'changes a role',
  AlterRoleSetStmt: 'changes a role’s settings',
  DropRoleStmt: 'drops a role',
  GrantRoleStmt: 'changes a membership',
  CreateSchemaStmt: 'makes a schema',
  CreateExtensionStmt: 'makes an extension',
  AlterSystemStmt: 'changes the server’s settings',
  AlterDatabaseSetStmt: 'changes the database’s settings',
};

export const rolesInMigration = statementRule({
  id: 'roles-in-migration',
  title: 'Roles, schemas, extensions and settings of the server are no migration’s business',
  why: 'Roles belong to the cluster, which several databases share: a revert would take them from the others, and parallel test databases would race. app_owner may not do any of it anyway.',
  mend: 'Put it into libs/database/src/roles, which npm run db:roles runs.',
  severity: 'error',
  red: { sql: 'create role app_reporting nologin', asSuperuser: true },
  green: { sql: 'grant select on app.note to app_queue' },
  check: ({ statements }) =>
    statements.flatMap((statement) => {
      const does = KINDS[statement.kind];
      return does === undefined ? [] : [{ statement, object: 'role', says: `This ${does}.` }];
    }),
});
