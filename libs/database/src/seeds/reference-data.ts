import { newId } from '../ids.js';
import type { Sql } from '../tenancy/sql.js';
import { addRolePermissions, BUILT_IN_ROLES, createBuiltInRoles, type RolePermissionPair } from './built-in-roles.js';
import { PERMISSIONS } from './permissions.js';

/** What a seeding added. */
export interface SeedReport {
  readonly permissions: number;
  /** Built-in roles, over all organizations. */
  readonly roles: number;
}

/**
 * Adds the permissions and built-in roles that are missing, to every organization; a second run adds nothing. Wording of permissions
 * follows the code. A permission that is new is given to the built-in roles that exist; otherwise a role keeps what its organization
 * made of it. Runs as app_admin or app_owner, in a transaction of the caller's.
 */
export async function seedReferenceData(sql: Sql): Promise<SeedReport> {
  const added = await addPermissions(sql);
  await reword(sql);
  if (added.size > 0) await addRolePermissions(sql, await grantsOfNew(sql, added));
  let roles = 0;
  for (const { id } of await organizationsThatLackRoles(sql)) roles += await createBuiltInRoles(sql, id);
  return { permissions: added.size, roles };
}

async function addPermissions(sql: Sql): Promise<Map<string, string>> {
  const { rows, parameters } = permissionRows();
  const added = await sql.query<{ id: string; key: string }>(
    `insert into app.permission (id, key, category, description) values ${rows} on conflict (key) do nothing returning id, key`,
    parameters,
  );
  return new Map(added.map(({ id, key }) => [key, id]));
}

async function reword(sql: Sql): Promise<void> {
  const { rows, parameters } = permissionRows();
  await sql.execute(
    `update app.permission p set category = v.category, description = v.description from (values ${rows}) v (id, key, category, description)
     where p.key = v.key and (p.category, p.description) is distinct from (v.category, v.description)`,
    parameters,
  );
}

function permissionRows(): { rows: string; parameters: Record<string, string> } {
  const parameters: Record<string, string> = {};
  const rows = PERMISSIONS.map((permission, index) => {
    Object.assign(parameters, {
      [`i${index}`]: newId(),
      [`k${index}`]: permission.key,
      [`c${index}`]: permission.category,
      [`d${index}`]: permission.description,
    });
    return `(:i${index}::uuid, :k${index}, :c${index}, :d${index})`;
  });
  return { rows: rows.join(', '), parameters };
}

async function grantsOfNew(sql: Sql, added: ReadonlyMap<string, string>): Promise<RolePermissionPair[]> {
  const roles = await sql.query<{ org_id: string; id: string; name: string }>('select org_id, id, name from app.role where is_system');
  return roles.flatMap((role) => {
    const keys = BUILT_IN_ROLES.find(({ name }) => name === role.name)?.permissions ?? [];
    return keys.flatMap((key) => {
      const permissionId = added.get(key);
      return permissionId === undefined ? [] : [{ organizationId: role.org_id, roleId: role.id, permissionId }];
    });
  });
}

function organizationsThatLackRoles(sql: Sql): Promise<{ id: string }[]> {
  return sql.query<{ id: string }>(
    `select o.id from app.organization o left join app.role r on r.org_id = o.id and r.name = any (:names)
     group by o.id having count(r.id) < :wanted order by o.id`,
    { names: BUILT_IN_ROLES.map(({ name }) => name), wanted: BUILT_IN_ROLES.length },
  );
}
