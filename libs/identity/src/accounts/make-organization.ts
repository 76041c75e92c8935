import { createBuiltInRoles, type Sql } from '#database';
import { SlugExhaustedError } from '../errors.js';
import { insertOrganization, insertOwner, type NewOrganization } from '../persistence/organizations.js';
import { slugOf, slugWithEnding } from '../slug.js';

const SLUG_ATTEMPTS = 5;

/**
 * Makes an organization with its built-in roles and its owner, who signs in to it from then on. Give it the transaction of an
 * AuthConnection. @throws SlugExhaustedError
 */
export async function makeOrganization(sql: Sql, organization: Omit<NewOrganization, 'slug'>): Promise<NewOrganization> {
  const made = await insertWithFreeSlug(sql, { ...organization, name: organization.name.trim() });
  await insertOwner(sql, made);
  await createBuiltInRoles(sql, made.orgId);
  return made;
}

async function insertWithFreeSlug(sql: Sql, organization: Omit<NewOrganization, 'slug'>): Promise<NewOrganization> {
  const wanted = slugOf(organization.name);
  for (let attempt = 0; attempt < SLUG_ATTEMPTS; attempt += 1) {
    const candidate = { ...organization, slug: attempt === 0 ? wanted : slugWithEnding(wanted) };
    if (await insertOrganization(sql, candidate)) return candidate;
  }
  throw new SlugExhaustedError(wanted);
}
