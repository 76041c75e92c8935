import type { CliCommand } from '../command.js';
import { declareRolesOptions, handOut, prepareRoles, type RolesOptions } from '../prepare-roles.js';

/** Roles and logins on any PostgreSQL 15 to 18. Run it as often as you like. */
export const dbRoles: CliCommand<RolesOptions> = {
  name: 'db:roles',
  summary: 'make the roles, logins and schema on a PostgreSQL server, and print the .env lines',
  configure(command) {
    command.requiredOption('--admin-url <url>', 'logs in as a superuser, or as a role with CREATEROLE that owns the database');
    declareRolesOptions(command);
  },
  async run(options, io) {
    await handOut(await prepareRoles(options, io), options, io);
  },
};
