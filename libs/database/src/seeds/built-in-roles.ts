import { MEMBER_ROLES, type MemberRole } from '../entities/identity/organization-user.entity.js';
import { newId } from '../ids.js';
import type { Sql, SqlParameters } from '../tenancy/sql.js';
import { PERMISSIONS } from './permissions.js';

/** A role that every organization has from the start. */
export interface BuiltInRole {
  readonly name: string;
  readonly description: string;
  /** The members it stands for. */
  readonly memberRole: MemberRole;
  /** Keys of what it allows. */
  readonly permissions: readonly string[];
}

/** Strongest first, as MEMBER_ROLES are: a role has what the weaker ones have. */
function permissionsOf(memberRole: MemberRole): string[] {
  const strength = MEMBER_ROLES.indexOf(memberRole);
  return PERMISSIONS.filter((permission) => MEMBER_ROLES.indexOf(permission.from) >= strength).map((permission) => permission.key);
}

function builtIn(memberRole: MemberRole, name: string, description: string): BuiltInRole {
  return { name, description, memberRole, permissions: permissionsOf(memberRole) };
}

export const BUILT_IN_ROLES: readonly BuiltInRole[] = [
  builtIn('OWNER', 'Owner', 'Everything, also billing and erasing the organization'),
  builtIn('ADMIN', 'Admin', 'Everything but billing and erasing the organization'),
  builtIn('DEVELOPER', 'Developer', 'Builds and runs agents'),
  builtIn('VIEWER', 'Viewer', 'Sees, and changes nothing'),
];

/**
 * Makes those built-in roles that the organization does not have, with their permissions. A role that exists keeps what it allows.
 * Runs as whoever `sql` is: app_auth at registration, app_admin or app_owner when seeding, or the tenant itself. Several statements:
 * give it a transaction. The permissions must have been seeded.
 * @returns how many roles were made.
 */
export async function createBuiltInRoles(sql: Sql, organizationId: string): Promise<number> {
  const made = await insertRoles(sql, organizationId);
  if (made.length === 0) return 0;
  const permissions = await sql.query<{ id: string; key: string }>('select id, key from app.permission');
  const idOf = new Map(permissions.map(({ id, key }) => [key, id]));
  const pairs = made.flatMap((role) => {
    const keys = BUILT_IN_ROLES.find(({ name }) => name === role.name)?.permissions ?? [];
    return keys.flatMap((key) => {
      const permissionId = idOf.get(key);
      return permissionId === undefined ? [] : [{ organizationId, roleId: role.id, permissionId }];
    });
  });
  await addRolePermissions(sql, pairs);
  return made.length;
}

export interface RolePermissionPair {
  readonly organizationId: string;
  readonly roleId: string;
  readonly permissionId: string;
}

const ROWS_PER_STATEMENT = 1_000;

/** Adds permissions to roles, as multi-row VALUES (a sharded database takes nothing else); those that are there stay. */
export async function addRolePermissions(sql: Sql, pairs: readonly RolePermissionPair[]): Promise<void> {
  for (let start = 0; start < pairs.length; start += ROWS_PER_STATEMENT) {
    const parameters: Record<string, string> = {};
    const rows = pairs.slice(start, start + ROWS_PER_STATEMENT).map((pair, index) => {
      parameters[`o${index}`] = pair.organizationId;
      parameters[`r${index}`] = pair.roleId;
      parameters[`p${index}`] = pair.permissionId;
      return `(:o${index}, :r${index}, :p${index})`;
    });
    await sql.execute(`insert into app.role_permission (org_id, role_id, permission_id) values ${rows.join(', ')} on conflict do nothing`, parameters);
  }
}

async function insertRoles(sql: Sql, organizationId: string): Promise<{ id: string; name: string }[]> {
  const parameters: Record<string, string> = { organization: organizationId };
  const rows = BUILT_IN_ROLES.map((role, index) => {
    Object.assign(parameters, { [`i${index}`]: newId(), [`n${index}`]: role.name, [`d${index}`]: role.description });
    return `(:organization, :i${index}, :n${index}, :d${index}, true)`;
  });
  const statement = `insert into app.role (org_id, id, name, description, is_system) values ${rows.join(', ')} on conflict (org_id, name) do nothing returning id, name`;
  return sql.query(statement, parameters satisfies SqlParameters);
}
