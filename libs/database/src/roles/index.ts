export { bootstrapRoles, type BootstrapOptions, type BootstrapResult } from './bootstrap-roles.js';
export { applyDatabaseGrants } from './database-grants.js';
export { RoleBootstrapDeniedError, SchemaTakenError, UnsupportedServerError, WrongDatabaseError } from './errors.js';
export { newPassword } from './passwords.js';
export { APP_SCHEMA, LOGIN_NAMES, ROLE_TABLE, type EnteredRoleName, type LoginName, type RoleName, type RoleRow } from './role-table.js';
