import type { Sql, SystemRole } from '#database';

/** What an active person is on the platform, or nothing where there is no such person. Needs a connection as app_auth: no tenant may read it. */
export async function findSystemRole(sql: Sql, userId: string): Promise<SystemRole | undefined> {
  const [row] = await sql.query<{ system_role: SystemRole }>('select system_role from app."user" where id = :userId and is_active', { userId });
  return row?.system_role;
}

/** Makes the person with this address something on the platform. Needs an UnrestrictedConnection. @returns false where nobody has it */
export async function updateSystemRole(sql: Sql, email: string, role: SystemRole): Promise<boolean> {
  return (await sql.execute('update app."user" set system_role = :role where email = :email', { email, role })) === 1;
}
