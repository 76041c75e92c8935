import { AgentRepository, GitCredential, type Db, type Row, type Sql, type Tx } from '#database';

/** The columns of a credential that are written with its token. */
export type GitCredentialValues = Pick<GitCredential, 'provider' | 'username' | 'encryptedToken' | 'tokenName' | 'expiresAt'>;

/** A repository of the current organization, locked until `tx` ends: one of two writers of its credential waits for the other. */
export async function lockRepositoryOfCredential(tx: Tx, uid: string): Promise<Pick<AgentRepository, 'id' | 'gitUrl'> | undefined> {
  const [row] = await tx.query<{ id: string; git_url: string }>(
    'select id, git_url from app.agent_repository where org_id = :orgId and uid = :uid for no key update',
    { uid },
  );
  return row === undefined ? undefined : { id: row.id, gitUrl: row.git_url };
}

/** The credential of a repository (by its internal id), or null. */
export async function findGitCredential(db: Db, repositoryId: string): Promise<GitCredential | null> {
  const [row] = await db.repository(GitCredential).find({ where: { repositoryId }, order: { id: 'desc' }, limit: 1 });
  return row ?? null;
}

/** Inserts a credential under a public id that the caller made, since the token is sealed for it. */
export async function insertGitCredential(tx: Tx, repositoryId: string, uid: string, values: GitCredentialValues): Promise<GitCredential> {
  return tx.repository(GitCredential).insert({ ...values, uid, repositoryId });
}

/** Replaces what a credential holds; the new token has not been used yet. */
export async function replaceGitCredential(tx: Tx, id: string, values: GitCredentialValues): Promise<GitCredential | undefined> {
  const [row] = await tx.repository(GitCredential).updateReturning({ id }, { ...values, lastUsedAt: null });
  return row;
}

/** Deletes the credential of a repository. Answers whether there was one. */
export async function deleteGitCredential(tx: Tx, repositoryId: string): Promise<boolean> {
  return (await tx.repository(GitCredential).delete({ repositoryId })) > 0;
}

/** Writes that a token was used just now; nothing where another token has taken its place since. */
export async function recordCredentialUse(tx: Tx, id: string, encryptedToken: string): Promise<void> {
  await tx.repository(GitCredential).update({ id, encryptedToken }, { lastUsedAt: new Date() });
}

/** A sealed token of any organization. */
export interface StoredToken extends Row {
  readonly orgId: string;
  readonly uid: string;
  readonly encryptedToken: string;
}

const KEY_ID = String.raw`substring(encrypted_token from '^v1\.(.+)\.[^.]+\.[^.]*\.[^.]+$')`;

/** How many tokens each key has sealed, in all organizations; a null key is a text that is none of ours. */
export async function countTokensByKey(sql: Sql): Promise<{ keyId: string | null; count: number }[]> {
  return sql.query(`select ${KEY_ID} as "keyId", count(*)::int as count from app.git_credential group by 1 order by 1`);
}

/** Tokens of all organizations in the order of their key, from after `after`; those of the key `exceptKeyId` are left out where it is given. */
export async function tokensAfter(sql: Sql, after: StoredToken | undefined, exceptKeyId: string | null, limit: number): Promise<StoredToken[]> {
  return sql.query<StoredToken>(
    `select org_id as "orgId", uid, encrypted_token as "encryptedToken" from app.git_credential
      where (:orgId::uuid is null or (org_id, uid) > (:orgId::uuid, :uid::uuid))
        and (:exceptKeyId::text is null or ${KEY_ID} is distinct from :exceptKeyId::text)
      order by org_id, uid limit :limit`,
    { orgId: after?.orgId ?? null, uid: after?.uid ?? null, exceptKeyId, limit },
  );
}

/** Puts `sealed` in the place of a token, unless another has taken its place since. Answers whether it did. */
export async function replaceToken(sql: Sql, { orgId, uid, encryptedToken }: StoredToken, sealed: string): Promise<boolean> {
  const changed = await sql.execute(
    'update app.git_credential set encrypted_token = :sealed where org_id = :orgId and uid = :uid and encrypted_token = :encryptedToken',
    { sealed, orgId, uid, encryptedToken },
  );
  return changed === 1;
}
