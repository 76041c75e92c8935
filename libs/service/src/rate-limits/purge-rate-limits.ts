import type { Sql } from '#database';

const BATCH = 1_000;
const FORGET = `delete from app.rate_limit where key in (
  select key from app.rate_limit where expire < :now::bigint order by expire limit :most::int for update skip locked)`;

/** Deletes the shared counters that are over, in batches. Needs a connection as app_auth, outside of a transaction. @returns how many */
export async function purgeRateLimits(auth: Sql, { now = Date.now(), signal }: { readonly now?: number; readonly signal?: AbortSignal } = {}): Promise<number> {
  let purged = 0;
  while (signal?.aborted !== true) {
    const deleted = await auth.execute(FORGET, { now, most: BATCH });
    purged += deleted;
    if (deleted < BATCH) break;
  }
  return purged;
}
