import { newId, type Tx } from '#database';
import type { JobDefinition } from '../catalogue/define-job.js';
import { InvalidEnqueueOptionError, InvalidPayloadError } from '../errors.js';

/**
 * Which line of its own organization a job stands in. A high one starts before the organization's waiting normal ones, a low
 * one costs four turns. It never takes a turn of another organization, and waiting moves every job forward.
 */
export type JobPriority = 'high' | 'normal' | 'low';

export interface EnqueueOptions {
  /** While a job of this organization, kind and key waits to start, another one is not added. Overrides the definition's `dedupe`. */
  readonly dedupeKey?: string;
  /** Not before this instant; default now. */
  readonly runAt?: Date;
  /** Default normal. */
  readonly priority?: JobPriority;
}

/** A payload of `enqueueMany` with the options of its own job. */
export interface EnqueueItem<P> extends EnqueueOptions {
  readonly payload: P;
}

export interface EnqueuedJob {
  /** The job's id: the waiting one's, if it was there already. */
  readonly id: string;
  /** False: a job with the same dedupe key was waiting. It stays and starts after this transaction, with its own payload. */
  readonly added: boolean;
}

/** The column's value of each priority. */
export const PRIORITY_VALUES: Readonly<Record<JobPriority, number>> = { high: 1, normal: 0, low: -1 };
const MAX_DEDUPE_KEY_LENGTH = 255;
/** A payload's JSON in UTF-8 has at most so many bytes: a claim carries the payloads of many jobs. Larger things belong in a row, whose id the job is given. */
export const MAX_PAYLOAD_BYTES = 262_144;
const ROWS_PER_STATEMENT = 1_000;

/**
 * Adds a job to the queue of the transaction's organization. It exists if and only if `tx` commits, and wakes the workers
 * then. One round trip.
 * @throws InvalidPayloadError, InvalidEnqueueOptionError before anything is sent.
 */
export async function enqueue<P extends object>(tx: Tx, job: JobDefinition<string, P>, payload: P, options: EnqueueOptions = {}): Promise<EnqueuedJob> {
  const [row] = await insertJobs(tx, [toRow(job, { ...options, payload })]);
  if (row === undefined) throw new Error(`Enqueuing "${job.kind}" returned no row.`);
  return row;
}

/**
 * As `enqueue` for many payloads of one kind, in one statement per 1,000. The answer is in the order of the items. Of items
 * with the same dedupe key the first counts.
 */
export async function enqueueMany<P extends object>(tx: Tx, job: JobDefinition<string, P>, items: readonly EnqueueItem<P>[]): Promise<EnqueuedJob[]> {
  const rows = items.map((item) => toRow(job, item));
  const first = new Map<string, JobRow>();
  for (const row of rows) if (row.dedupeKey !== null && !first.has(row.dedupeKey)) first.set(row.dedupeKey, row);
  const distinct = rows.filter((row) => row.dedupeKey === null || first.get(row.dedupeKey) === row);
  const made = new Map<JobRow, EnqueuedJob>();
  for (let start = 0; start < distinct.length; start += ROWS_PER_STATEMENT) {
    const chunk = distinct.slice(start, start + ROWS_PER_STATEMENT);
    const answers = await insertJobs(tx, chunk);
    chunk.forEach((row, index) => {
      const answer = answers[index];
      if (answer !== undefined) made.set(row, answer);
    });
  }
  return rows.flatMap((row) => {
    const own = made.get(row);
    if (own !== undefined) return [own];
    const twin = row.dedupeKey === null ? undefined : made.get(first.get(row.dedupeKey) ?? row);
    return twin === undefined ? [] : [{ id: twin.id, added: false }];
  });
}

interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly payload: string;
  readonly dedupeKey: string | null;
  readonly priority: number;
  readonly runAt: Date | null;
  readonly maxAttempts: number;
}

function toRow<P extends object>(job: JobDefinition<string, P>, item: EnqueueItem<P>): JobRow {
  const payload = checkedPayload(job, item.payload);
  const dedupeKey = item.dedupeKey ?? job.dedupe?.(item.payload) ?? null;
  if (dedupeKey !== null && (dedupeKey === '' || dedupeKey.length > MAX_DEDUPE_KEY_LENGTH || dedupeKey.includes('\0'))) {
    throw new InvalidEnqueueOptionError(job.kind, 'dedupeKey', `1 to ${MAX_DEDUPE_KEY_LENGTH} characters without NUL`);
  }
  if (item.runAt !== undefined && Number.isNaN(item.runAt.getTime())) throw new InvalidEnqueueOptionError(job.kind, 'runAt', 'a valid date');
  return {
    id: newId(),
    kind: job.kind,
    payload,
    dedupeKey,
    priority: PRIORITY_VALUES[item.priority ?? 'normal'],
    runAt: item.runAt ?? null,
    maxAttempts: job.maxAttempts,
  };
}

/** The payload as JSON, after its job has accepted what that JSON reads back as. */
function checkedPayload<P extends object>(job: JobDefinition<string, P>, payload: P): string {
  try {
    const json = JSON.stringify(payload);
    if (json.includes('\\u0000')) throw new TypeError('A text in it holds NUL.');
    if (Buffer.byteLength(json) > MAX_PAYLOAD_BYTES) throw new TypeError(`It is larger than ${MAX_PAYLOAD_BYTES} bytes; store it in a row and pass its id.`);
    job.parse(JSON.parse(json));
    return json;
  } catch (error) {
    throw new InvalidPayloadError(job.kind, error);
  }
}

/**
 * The place in line is given by a trigger, out of the tenant's reach. A job that waits already is locked until this
 * transaction ends, so that it cannot start before it sees what this transaction writes.
 */
const INSERT = `
with added as (
  insert into app.job (id, kind, payload, dedupe_key, priority, run_at, max_attempts)
  select id, kind, payload, dedupe_key, priority, coalesce(run_at, now()), max_attempts
  from unnest(:ids::uuid[], :kinds::text[], :payloads::jsonb[], :dedupeKeys::text[], :priorities::smallint[], :runAts::timestamptz[], :maxAttempts::int[])
    with ordinality as given (id, kind, payload, dedupe_key, priority, run_at, max_attempts, place)
  order by place
  on conflict (org_id, kind, dedupe_key) where state = 'READY' and dedupe_key is not null
  do update set run_at = least(job.run_at, excluded.run_at)
  returning id, kind, dedupe_key
)
select id, dedupe_key from added`;

interface AddedRow {
  id: string;
  dedupe_key: string | null;
}

/** One answer per row, in order. */
async function insertJobs(tx: Tx, rows: readonly JobRow[]): Promise<EnqueuedJob[]> {
  const added = await tx.query<AddedRow>(INSERT, {
    ids: rows.map(({ id }) => id),
    kinds: rows.map(({ kind }) => kind),
    payloads: rows.map(({ payload }) => payload),
    dedupeKeys: rows.map(({ dedupeKey }) => dedupeKey),
    priorities: rows.map(({ priority }) => priority),
    runAts: rows.map(({ runAt }) => runAt),
    maxAttempts: rows.map(({ maxAttempts }) => maxAttempts),
  });
  const byKey = new Map(added.map((row) => [row.dedupe_key ?? row.id, row.id]));
  return rows.map((row) => {
    const id = byKey.get(row.dedupeKey ?? row.id) ?? row.id;
    return { id, added: id === row.id };
  });
}
