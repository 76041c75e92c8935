import type { Sql } from '#database';

/**
 * The table of sessions. Everything here needs a connection as app_auth. Whoever changes a session locks its person first with
 * {@link lockSessions}: a token that is made while its session is being revoked would otherwise escape. Times are those of
 * PostgreSQL's clock at the statement, not at the beginning of the transaction, which may have waited for the lock.
 */

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

/** Inserts a refresh token. */
export async function insertRefreshToken(sql: Sql, token: NewRefreshToken): Promise<void> {
  await sql.execute(
    `insert into app.refresh_token (id, user_id, org_id, token_hash, family_id, created_at, expires_at, ip, user_agent)
     values (:id, :userId, :orgId, :tokenHash, :familyId, clock_timestamp(), clock_timestamp() + make_interval(secs => :ttlSeconds::float8),
             :ip::inet, :userAgent)`,
    { ...token },
  );
}

/** Whose session the token belongs to, whatever has become of it; nothing for a token that was never made. */
export async function findHolder(sql: Sql, proof: { readonly id: string; readonly hash: string }): Promise<{ userId: string; sessionId: string } | undefined> {
  const [row] = await sql.query<{ user_id: string; family_id: string }>(
    'select user_id, family_id from app.refresh_token where id = :id and token_hash = :hash',
    { id: proof.id, hash: proof.hash },
  );
  return row === undefined ? undefined : { userId: row.user_id, sessionId: row.family_id };
}

/** Makes changes of a person's sessions follow one another, until the end of the transaction. References to the person do not wait. */
export async function lockSessions(sql: Sql, userId: string): Promise<void> {
  await sql.query('select id from app."user" where id = :userId for no key update', { userId });
}

/** What has become of a presented token, and the organization its session is in now: that of the newest token. */
export interface PresentedRow {
  readonly ended: boolean;
  readonly replaced: boolean;
  /** Replaced, and longer ago than the grace. */
  readonly late: boolean;
  readonly org_id: string | null;
}

/** Reads a presented token. Nothing once it was purged. */
export async function findPresented(sql: Sql, tokenId: string, graceSeconds: number): Promise<PresentedRow | undefined> {
  const [row] = await sql.query<PresentedRow>(
    `select t.revoked_at is not null or t.expires_at <= clock_timestamp() as ended,
            t.replaced_at is not null as replaced,
            coalesce(t.replaced_at + make_interval(secs => :graceSeconds::float8) <= clock_timestamp(), false) as late,
            (select n.org_id from app.refresh_token n where n.family_id = t.family_id order by n.created_at desc, n.id desc limit 1) as org_id
       from app.refresh_token t
      where t.id = :tokenId`,
    { tokenId, graceSeconds },
  );
  return row;
}

/** Notes that a token was exchanged. One that was exchanged before keeps its time, so that coming back does not extend the grace. */
export async function markReplaced(sql: Sql, tokenId: string, replacementId: string): Promise<void> {
  await sql.execute('update app.refresh_token set replaced_by = :replacementId, replaced_at = clock_timestamp() where id = :tokenId and replaced_at is null', {
    tokenId,
    replacementId,
  });
}

/** Notes that every live token of a session but the new one was exchanged for it, and returns how many these were. */
export async function markAllReplaced(sql: Sql, sessionId: string, replacementId: string): Promise<number> {
  return await sql.execute(
    `update app.refresh_token set replaced_by = :replacementId, replaced_at = clock_timestamp()
      where family_id = :sessionId and id <> :replacementId and replaced_at is null and revoked_at is null and expires_at > clock_timestamp()`,
    { sessionId, replacementId },
  );
}

/** Withdraws all tokens of one session of the person's, and returns whether the session was alive. */
export async function revokeSession(sql: Sql, userId: string, sessionId: string): Promise<boolean> {
  const rows = await sql.query<{ live: boolean }>(
    `update app.refresh_token set revoked_at = clock_timestamp()
      where family_id = :sessionId and user_id = :userId and revoked_at is null
     returning replaced_at is null and expires_at > clock_timestamp() as live`,
    { userId, sessionId },
  );
  return rows.some(({ live }) => live);
}

/** Withdraws the tokens of all sessions of the person's, but for one where it is named, and returns how many tokens these were. Locks the person. */
export async function revokeSessions(sql: Sql, userId: string, exceptSessionId: string | null = null): Promise<number> {
  await lockSessions(sql, userId);
  return await sql.execute(
    `update app.refresh_token set revoked_at = clock_timestamp()
      where user_id = :userId and family_id is distinct from :exceptSessionId::uuid and revoked_at is null`,
    { userId, exceptSessionId },
  );
}

/** A living session: its newest token and the organization it is in. */
export interface SessionRow {
  readonly id: string;
  readonly last_used_at: Date;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly slug: string;
}

/** The person's living sessions, the newest sign-in first; `before` is the last session of the page before. */
export async function listSessions(sql: Sql, userId: string, before: string | null, limit: number): Promise<SessionRow[]> {
  return await sql.query<SessionRow>(
    `select distinct on (t.family_id) t.family_id as id, t.created_at as last_used_at, host(t.ip) as ip, t.user_agent,
            o.id as organization_id, o.name as organization_name, o.slug
       from app.refresh_token t
       join app.organization o on o.id = t.org_id
      where t.user_id = :userId and t.revoked_at is null and t.replaced_at is null and t.expires_at > now()
        and (:before::uuid is null or t.family_id < :before::uuid)
      order by t.family_id desc, t.created_at desc
      limit :limit::int`,
    { userId, before, limit },
  );
}

/** Deletes up to `limit` tokens that were made before `oldestId` was and have expired, but for those that somebody is changing, and returns how many these were. */
export async function deleteExpired(sql: Sql, oldestId: string, limit: number): Promise<number> {
  return await sql.execute(
    `delete from app.refresh_token
      where id in (select id from app.refresh_token where id < :oldestId and expires_at <= now() order by id limit :limit::int for update skip locked)`,
    { oldestId, limit },
  );
}
