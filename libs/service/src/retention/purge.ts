import type { Sql, UnrestrictedConnection } from '#database';

/** One statement each, for one organization, that deletes at most `:most` of the oldest rows before `:before`. */
const DELETES = {
  api_call: `delete from app.api_call where org_id = :org and id in (
    select id from app.api_call where org_id = :org and created_at < :before order by created_at limit :most)`,
  idempotency_key: `delete from app.idempotency_key where org_id = :org and (route, key) in (
    select route, key from app.idempotency_key where org_id = :org and expires_at < :before order by expires_at limit :most)`,
} as const;

export interface PurgeOptions {
  readonly table: keyof typeof DELETES;
  /** Rows from before then go: `created_at` of calls, `expires_at` of keys. */
  readonly before: Date;
  /** Stops between two statements; what is deleted stays deleted. */
  readonly signal?: AbortSignal;
  /** Rows that one statement deletes at most; default 5,000. */
  readonly batch?: number;
}

/** How many statements share one transaction. */
const STATEMENTS_OF_A_TRANSACTION = 20;

/**
 * Deletes what is older than its retention, over all organizations: they are listed once, then go one by one in small statements and
 * short transactions. Any number of runs may stop halfway; the next one goes on.
 * @returns how many rows went
 */
export async function purge(unrestricted: UnrestrictedConnection, { table, before, signal, batch = 5_000 }: PurgeOptions): Promise<number> {
  const use = { reason: `retention of ${table}`, actor: 'retention' };
  const waiting = await unrestricted.run(use, async (sql) =>
    (await sql.query<{ id: string }>('select id from app.organization order by id')).map(({ id }) => id),
  );
  let purged = 0;
  while (waiting.length > 0 && signal?.aborted !== true) {
    purged += await unrestricted.run(use, (sql) => purgeSome(sql, waiting, { table, before, signal, batch }));
  }
  return purged;
}

/** Works through `waiting` from its front for one transaction. */
async function purgeSome(sql: Sql, waiting: string[], { table, before, signal, batch }: PurgeOptions & { readonly batch: number }): Promise<number> {
  let purged = 0;
  for (let statements = 0; statements < STATEMENTS_OF_A_TRANSACTION && signal?.aborted !== true; statements += 1) {
    const [org] = waiting;
    if (org === undefined) break;
    const deleted = await sql.execute(DELETES[table], { org, before, most: batch });
    purged += deleted;
    if (deleted < batch) waiting.shift();
  }
  return purged;
}
