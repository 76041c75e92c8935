import type { Db } from '#database';

/** A request that its caller has named, so that sending it again does not carry it out again. */
export interface NamedRequest {
  /** Method and template of the route. */
  readonly route: string;
  /** What the caller named it. */
  readonly key: string;
  /** SHA-256 of everything that makes it this request, in hexadecimal. */
  readonly hash: string;
}

/** An answer as it is kept. `body` is JSON text, or null where there is none. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a request with a key meets: the right to be carried out, or what became of the one before it. */
export type Claim =
  | { readonly state: 'claimed' }
  | { readonly state: 'answered'; readonly answer: KeptAnswer }
  /** The first one is still being carried out. */
  | { readonly state: 'running' }
  /** The first one broke off: whether it took effect is not known. */
  | { readonly state: 'outcome-unknown' }
  /** The key names another request. */
  | { readonly state: 'reused' };

/** For how long, in seconds: a request may take (lease), and its answer is kept (retention). */
export interface ClaimTerms {
  readonly leaseSeconds: number;
  readonly retentionSeconds: number;
}

const INSERT = `insert into app.idempotency_key (org_id, route, key, request_hash, expires_at)
  values (:orgId, :route, :key, :hash, now() + make_interval(secs => :retentionSeconds))
  on conflict (org_id, route, key) do nothing`;

const READ = `select request_hash as hash, response, expires_at <= now() as "isExpired",
    updated_at <= now() - make_interval(secs => :leaseSeconds) as "isOverdue"
  from app.idempotency_key where org_id = :orgId and route = :route and key = :key`;

const DELETE_EXPIRED = 'delete from app.idempotency_key where org_id = :orgId and route = :route and key = :key and expires_at <= now()';

const SETTLE = `update app.idempotency_key set response = :answer::jsonb
  where org_id = :orgId and route = :route and key = :key and request_hash = :hash and response is null`;

const RELEASE = `delete from app.idempotency_key
  where org_id = :orgId and route = :route and key = :key and request_hash = :hash and response is null`;

interface KeyRow {
  readonly hash: string;
  readonly response: KeptAnswer | null;
  readonly isExpired: boolean;
  readonly isOverdue: boolean;
}

/** Takes the key for this request, or tells what became of the request that took it. One statement where nobody had it. */
export async function claimKey(db: Db, request: NamedRequest, { leaseSeconds, retentionSeconds }: ClaimTerms): Promise<Claim> {
  const { route, key, hash } = request;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if ((await db.execute(INSERT, { route, key, hash, retentionSeconds })) === 1) return { state: 'claimed' };
    const [row] = await db.query<KeyRow>(READ, { route, key, leaseSeconds });
    // Gone or expired since: the next round takes it.
    if (row === undefined) continue;
    if (!row.isExpired) return claimOf(row, hash);
    await db.execute(DELETE_EXPIRED, { route, key });
  }
  return { state: 'running' };
}

function claimOf({ hash, response, isOverdue }: KeyRow, wanted: string): Claim {
  if (hash !== wanted) return { state: 'reused' };
  if (response !== null) return { state: 'answered', answer: response };
  return { state: isOverdue ? 'outcome-unknown' : 'running' };
}

/** Keeps the answer, which later requests with the key get. */
export async function keepAnswer(db: Db, { route, key, hash }: NamedRequest, answer: KeptAnswer): Promise<void> {
  await db.execute(SETTLE, { route, key, hash, answer: JSON.stringify(answer) });
}

/** Gives the key back: the request took no effect and may be sent again. */
export async function releaseKey(db: Db, { route, key, hash }: NamedRequest): Promise<void> {
  await db.execute(RELEASE, { route, key, hash });
}
