import { sqlStateOf, type Sql, type TransactionalSql } from '#database';
import type { SystemJobDefinition } from '../catalogue/define-job.js';
import { holdKey, type ClaimedJob, type EndedJob } from './claimed-job.js';
import type { ClaimRequest, ClaimResult, JobStore, SettleResult } from './job-store.js';

const TAKE_TURNS = `select pg_advisory_xact_lock(hashtext('plinth_system_job_claim'))`;

const BURY = `update app.system_job set state = 'DEAD', locked_by = null, lease_until = null,
  last_error = format('The worker "%s" stopped renewing its lease during the last of %s attempts.', locked_by, max_attempts)
where state = 'RUNNING' and lease_until < clock_timestamp() and attempts >= max_attempts`;

/** Due jobs, and those of vanished workers; of a limited kind no more than are free. */
const CLAIM = `
with rules as (
  select r.kind, r.kind_limit - (select count(*) from app.system_job j where j.state = 'RUNNING' and j.kind = r.kind and j.lease_until >= clock_timestamp()) as room
  from unnest(:kinds::text[], :kindLimits::int[]) r (kind, kind_limit)
), due as (
  select j.id, j.run_at, r.room, row_number() over (partition by j.kind order by j.priority desc, j.run_at, j.id) as place
  from app.system_job j join rules r on r.kind = j.kind
  where (j.state = 'READY' and j.run_at <= clock_timestamp()) or (j.state = 'RUNNING' and j.lease_until < clock_timestamp())
), picked as (
  select id from due where room is null or place <= room order by run_at, id limit :limit
)
update app.system_job j set state = 'RUNNING', locked_by = :worker, fence = fence + 1, attempts = attempts + 1,
  lease_until = clock_timestamp() + :leaseMs * interval '1 millisecond'
from picked p where j.id = p.id
returning j.id, j.kind, j.payload, j.attempts, j.max_attempts, j.fence, j.created_at`;

const DUE_IN = `select extract(epoch from min(run_at) - clock_timestamp())::float8 * 1000 as due_in_ms from app.system_job
where state = 'READY' and kind = any (:kinds::text[])`;

const HELD = `j.id = :id and j.fence = :fence and j.state = 'RUNNING'`;
const DONE = `delete from app.system_job j where ${HELD}`;
const RETURN = `update app.system_job j set
  state = case when :outcome::text = 'DEAD' or (:outcome::text = 'RETRY' and j.attempts >= j.max_attempts) then 'DEAD' else 'READY' end,
  attempts = j.attempts - case when :outcome::text = 'RELEASE' then 1 else 0 end,
  run_at = case when :outcome::text = 'RETRY' then clock_timestamp() + :delayMs::int * interval '1 millisecond' else j.run_at end,
  locked_by = null, lease_until = null, last_error = coalesce(:error::text, j.last_error), dedupe_key = case when :keepKey::boolean then j.dedupe_key end
where ${HELD}`;

const RENEW = `update app.system_job j set lease_until = clock_timestamp() + :leaseMs * interval '1 millisecond'
from unnest(:ids::uuid[], :fences::bigint[]) m (id, fence) where j.id = m.id and j.fence = m.fence and j.state = 'RUNNING' returning j.id`;

const UNIQUE_VIOLATION = '23505';

interface SystemJobRow {
  id: string;
  kind: string;
  payload: unknown;
  attempts: number;
  max_attempts: number;
  fence: string;
  created_at: Date;
}

/** The system's own jobs, as `app_queue`: few, so that clarity goes before speed. */
export class SystemJobStore implements JobStore {
  readonly #sql: TransactionalSql;
  readonly #rules: { kinds: string[]; kindLimits: (number | null)[] };

  constructor(sql: TransactionalSql, definitions: readonly SystemJobDefinition[]) {
    this.#sql = sql;
    this.#rules = { kinds: definitions.map(({ kind }) => kind), kindLimits: definitions.map(({ concurrency }) => concurrency) };
  }

  async claim({ worker, limit, leaseMs }: ClaimRequest): Promise<ClaimResult> {
    return this.#sql.transaction(async (sql) => {
      await sql.query(TAKE_TURNS);
      await sql.execute(BURY);
      const rows = await sql.query<SystemJobRow>(CLAIM, { worker, limit, leaseMs, ...this.#rules });
      const [next] = await sql.query<{ due_in_ms: number | null }>(DUE_IN, { kinds: this.#rules.kinds });
      const dueInMs = next?.due_in_ms ?? null;
      return { jobs: rows.map(jobOf), more: dueInMs !== null && dueInMs <= 0, dueInMs: dueInMs !== null && dueInMs > 0 ? dueInMs : null, reclaimed: 0 };
    });
  }

  async settle(ended: readonly EndedJob[]): Promise<SettleResult> {
    const settled = new Set<string>();
    for (const each of ended) if (await settleOne(this.#sql, each)) settled.add(holdKey(each.job));
    return { settled, busy: new Set() };
  }

  async renew(jobs: readonly ClaimedJob[], leaseMs: number): Promise<ReadonlySet<string>> {
    const rows = await this.#sql.query<{ id: string }>(RENEW, { ids: jobs.map(({ id }) => id), fences: jobs.map(({ fence }) => fence), leaseMs });
    const ids = new Set(rows.map(({ id }) => id));
    return new Set(jobs.filter(({ id }) => ids.has(id)).map(holdKey));
  }
}

async function settleOne(sql: Sql, { job: { id, fence }, outcome }: EndedJob): Promise<boolean> {
  if (outcome.type === 'DONE') return (await sql.execute(DONE, { id, fence })) === 1;
  const parameters = {
    id,
    fence,
    outcome: outcome.type,
    delayMs: outcome.type === 'RETRY' ? outcome.delayMs : 0,
    error: 'error' in outcome ? outcome.error : null,
  };
  try {
    return (await sql.execute(RETURN, { ...parameters, keepKey: true })) === 1;
  } catch (error) {
    // Another job waits under this one's dedupe key by now.
    if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error;
    return (await sql.execute(RETURN, { ...parameters, keepKey: false })) === 1;
  }
}

function jobOf(row: SystemJobRow): ClaimedJob {
  return {
    orgId: null,
    id: row.id,
    kind: row.kind,
    payload: row.payload,
    attempt: row.attempts,
    maxAttempts: row.max_attempts,
    fence: Number(row.fence),
    createdAt: row.created_at,
    leasedAt: performance.now(),
  };
}
