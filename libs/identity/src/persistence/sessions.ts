import type { Sql } from '#database';

/** A row of `refresh_token` that is to be made. */
export interface NewRefreshToken {
  readonly id: string;
  readonly tokenHash: string;
  readonly userId: string;
  readonly orgId: string;
  readonly familyId: string;
  /** Seconds from now. */
  readonly ttlSeconds: number;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** Inserts a refresh token. Needs a connection as app_auth, as everything here does. */
export async function insertRefreshToken(sql: Sql, token: NewRefreshToken): Promise<void> {
  await sql.execute(
    `insert into app.refresh_token (id, user_id, org_id, token_hash, family_id, expires_at, ip, user_agent)
     values (:id, :userId, :orgId, :tokenHash, :familyId, now() + make_interval(secs => :ttlSeconds::float8), :ip::inet, :userAgent)`,
    { ...token },
  );
}
