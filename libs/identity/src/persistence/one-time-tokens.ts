import type { Sql, TokenPurpose } from '#database';

export interface NewOneTimeToken {
  readonly id: string;
  readonly userId: string;
  readonly purpose: TokenPurpose;
  /** The address it is sent to. */
  readonly email: string;
  readonly tokenHash: string;
  readonly ttlSeconds: number;
}

/** Inserts a token for a person. */
export async function insertOneTimeToken(sql: Sql, token: NewOneTimeToken): Promise<void> {
  await sql.execute(
    `insert into app.one_time_token (id, user_id, purpose, email, token_hash, expires_at)
     values (:id, :userId, :purpose, :email, :tokenHash, now() + make_interval(secs => :ttlSeconds::int))`,
    { ...token },
  );
}

/** Inserts a token for resetting the password of the active account of an address, and returns whether there is one. */
export async function insertResetToken(sql: Sql, token: Omit<NewOneTimeToken, 'userId' | 'purpose'>): Promise<boolean> {
  const inserted = await sql.execute(
    `insert into app.one_time_token (id, user_id, purpose, email, token_hash, expires_at)
     select :id, u.id, 'RESET', u.email, :tokenHash, now() + make_interval(secs => :ttlSeconds::int)
       from app."user" u where u.email = :email and u.is_active`,
    { ...token },
  );
  return inserted === 1;
}

/** Removes a token for an address that has an account, and returns whether it has. See deleteRegistrationOfTakenAddress. */
export async function deleteTokenOfTakenAddress(sql: Sql, id: string): Promise<boolean> {
  const deleted = await sql.execute('delete from app.one_time_token t where t.id = :id and exists (select from app."user" u where u.email = t.email)', { id });
  return deleted === 1;
}

export interface UsedToken {
  readonly user_id: string;
  /** The address the token was sent to. */
  readonly token_email: string;
  /** The address of the account at this moment. */
  readonly user_email: string;
}

/**
 * Uses a token, once, and returns whose it is; nothing where it is unknown, used, expired or of a deactivated account. Holds
 * the person's row until the end of the transaction, so that two tokens of one person cannot wait for each other.
 */
export async function useOneTimeToken(sql: Sql, purpose: TokenPurpose, tokenHash: string): Promise<UsedToken | undefined> {
  const [found] = await sql.query<UsedToken & { id: string }>(
    `select t.id, t.user_id, t.email as token_email, u.email as user_email
       from app.one_time_token t join app."user" u on u.id = t.user_id
      where t.token_hash = :tokenHash and t.purpose = :purpose and t.used_at is null and t.expires_at > now() and u.is_active
        for no key update of u`,
    { tokenHash, purpose },
  );
  if (found === undefined) return undefined;
  const used = await sql.execute('update app.one_time_token set used_at = now() where id = :id and used_at is null', { id: found.id });
  return used === 1 ? found : undefined;
}

/** Ends every token of a person that has not been used. */
export async function endOneTimeTokens(sql: Sql, userId: string): Promise<void> {
  await sql.execute('update app.one_time_token set used_at = now() where user_id = :userId and used_at is null', { userId });
}

/** Deletes tokens that are used or whose time is over, at most `limit` and none that somebody is changing, and returns how many. Needs an AuthConnection. */
export async function purgeOneTimeTokens(sql: Sql, limit = 1_000): Promise<number> {
  return await sql.execute(
    `delete from app.one_time_token
      where id in (select id from app.one_time_token where expires_at <= now() or used_at is not null limit :limit::int for update skip locked)`,
    { limit },
  );
}
