import type { Sql } from '#database';

export interface NewOrganization {
  readonly orgId: string;
  readonly name: string;
  readonly slug: string;
  readonly ownerId: string;
}

/** Inserts the organization, or returns false when its slug is taken. */
export async function insertOrganization(sql: Sql, organization: NewOrganization): Promise<boolean> {
  const inserted = await sql.execute(
    'insert into app.organization (id, name, slug, created_by) values (:id, :name, :slug, :ownerId) on conflict (slug) do nothing',
    { id: organization.orgId, name: organization.name, slug: organization.slug, ownerId: organization.ownerId },
  );
  return inserted === 1;
}

/** Makes the person the organization's owner and the organization the one they sign in to. */
export async function insertOwner(sql: Sql, organization: NewOrganization): Promise<void> {
  const parameters = { id: organization.orgId, ownerId: organization.ownerId };
  await sql.execute(`insert into app.organization_user (org_id, user_id, role) values (:id, :ownerId, 'OWNER')`, parameters);
  await sql.execute('update app."user" set current_org_id = :id where id = :ownerId', parameters);
}
