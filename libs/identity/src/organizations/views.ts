import type { Organization, OrganizationStatus } from '#database';

/** The organization as its members see it. */
export interface OrganizationView {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly status: OrganizationStatus;
  /** Raised by each change. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a member sees of the organization's row. */
export function toOrganizationView(row: Organization): OrganizationView {
  const { id, name, slug, description, settings, status, version, createdAt, updatedAt } = row;
  return { id, name, slug, description, settings, status, version, createdAt, updatedAt };
}
