import { Organization, type Db, type Tx } from '#database';

/** What an organization may change of itself; what is left out stays. */
export interface OrganizationValues {
  readonly name?: string;
  readonly slug?: string;
  readonly description?: string | null;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The current organization, or null. */
export async function findOwnOrganization(db: Db): Promise<Organization | null> {
  return db.repository(Organization).findOne({ id: db.orgId });
}

/** Changes the current organization if it still has this version; a taken slug is SQLSTATE 23505. Undefined where the version is another. */
export async function updateOwnOrganization(tx: Tx, expectedVersion: number, values: OrganizationValues): Promise<Organization | undefined> {
  const { settings, ...texts } = values;
  const set = settings === undefined ? texts : { ...texts, settings: { ...settings } };
  const [row] = await tx.repository(Organization).updateReturning({ id: tx.orgId, version: expectedVersion }, set);
  return row;
}
