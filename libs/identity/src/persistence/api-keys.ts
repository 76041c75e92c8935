import { ApiKey, User, type Db, type InsertValues, type OrganizationStatus, type Tx } from '#database';
import type { PageRequest } from './page-request.js';

/** What is asked of a presented key. */
export interface PresentedKeyRow {
  readonly key_hash: string;
  readonly scopes: string[];
  readonly is_usable: boolean;
  readonly status: OrganizationStatus;
}

/** The key with this id and how its organization is, or nothing. */
export async function findPresentedKey(db: Db, id: string): Promise<PresentedKeyRow | undefined> {
  const [row] = await db.query<PresentedKeyRow>(
    `select k.key_hash, k.scopes, k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) as is_usable, o.status
       from app.api_key k
       join app.organization o on o.id = k.org_id
      where k.org_id = :orgId and k.id = :id`,
    { id },
  );
  return row;
}

/** What a key may do at this moment, or nothing where it was revoked, has expired, or is not there. */
export async function findUsableScopes(db: Db, id: string): Promise<readonly string[] | undefined> {
  const [row] = await db.query<{ scopes: string[] }>(
    'select scopes from app.api_key where org_id = :orgId and id = :id and revoked_at is null and (expires_at is null or expires_at > now())',
    { id },
  );
  return row?.scopes;
}

/** Inserts a key of the current organization. */
export async function insertApiKey(tx: Tx, values: InsertValues<ApiKey>): Promise<ApiKey> {
  return tx.repository(ApiKey).insert(values);
}

/** One page of the keys, oldest first, withdrawn and expired ones too. */
export async function pageOfApiKeys(db: Db, page: PageRequest) {
  return db.repository(ApiKey).paginate({ order: { id: 'asc' }, limit: page.limit ?? 50, cursor: page.cursor });
}

/** The key with this id, or null. */
export async function findApiKey(db: Db, id: string): Promise<ApiKey | null> {
  return db.repository(ApiKey).findById(id);
}

/** Withdraws the key. Answers false where it was withdrawn before, or there is none. */
export async function revokeApiKey(tx: Tx, id: string): Promise<boolean> {
  return (await tx.execute('update app.api_key set revoked_at = now() where org_id = :orgId and id = :id and revoked_at is null', { id })) === 1;
}

/** The names of those of these people who belong to the organization. */
export async function namesOfMembers(db: Db, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(userIds)];
  if (wanted.length === 0) return new Map();
  const people = await db.repository(User).find({ where: { id: wanted }, select: ['id', 'name'] });
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** Notes when keys of the current organization were last presented; a time that is later stands. */
export async function recordKeyUses(db: Db, uses: readonly { readonly keyId: string; readonly at: Date }[]): Promise<void> {
  await db.execute(
    `update app.api_key k set last_used_at = u.at
       from unnest(:ids::uuid[], :times::timestamptz[]) as u (id, at)
      where k.org_id = :orgId and k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)`,
    { ids: uses.map(({ keyId }) => keyId), times: uses.map(({ at }) => at.toISOString()) },
  );
}
