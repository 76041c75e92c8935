import type { AuthConfig, Sql } from '#database';
import { deleteExpired } from '../persistence/sessions.js';
import { smallestIdAt } from './id-time.js';

/** Rows a statement: short enough that nobody waits for it. */
const BATCH = 1_000;
const MS = 1_000;

/**
 * Deletes the refresh tokens that have expired, in batches, and returns how many these were. A token that was exchanged or
 * revoked stays until then: it has to be known when it comes back. Needs a connection as app_auth, outside of a transaction;
 * any number of processes may do it at once.
 *
 * Expired tokens are found along the primary key, since ids are ordered by time: only those made REFRESH_TOKEN_TTL_SECONDS ago
 * or earlier are looked at. After that time was shortened, older tokens go when their own time has passed.
 */
export async function purgeSessions(auth: Sql, config: Pick<AuthConfig, 'refreshTokenTtlSeconds'>, now = new Date()): Promise<number> {
  const oldestId = smallestIdAt(new Date(now.getTime() - config.refreshTokenTtlSeconds * MS));
  let deleted = 0;
  for (;;) {
    const batch = await deleteExpired(auth, oldestId, BATCH);
    deleted += batch;
    if (batch < BATCH) return deleted;
  }
}
