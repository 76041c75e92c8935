import { isUuid, type Sql } from '#database';
import { InvalidQueueOptionError } from '../errors.js';

/** Which dead jobs are meant. At least one property is given; together they all hold. */
export interface DeadJobFilter {
  readonly ids?: readonly string[];
  readonly kind?: string;
  /** Only this organization's; without it those of every organization, and the system's. */
  readonly orgId?: string;
}

export interface DeadJob {
  /** null: a job of the system. */
  readonly orgId: string | null;
  readonly id: string;
  readonly kind: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly diedAt: Date;
}

const CONDITION = `state = 'DEAD' and (:ids::uuid[] is null or id = any (:ids::uuid[])) and (:kind::text is null or kind = :kind::text)`;
const OF_ORGANIZATION = `(:ownerId::uuid is null or org_id = :ownerId::uuid)`;

const LIST = `
select org_id, id, kind, attempts, last_error, created_at, updated_at from app.job where ${CONDITION} and ${OF_ORGANIZATION}
union all
select null, id, kind, attempts, last_error, created_at, updated_at from app.system_job where ${CONDITION} and :ownerId::uuid is null
order by updated_at desc, id limit :limit`;

/** A key that another job waits under is dropped; of several with one key, one keeps it. */
const REVIVE = (table: string, keyColumns: string, condition: string): string => `
with dead as (
  select j.ctid as row, j.dedupe_key is not null and row_number() over (partition by ${keyColumns} order by j.id) = 1
    and not exists (select from app.${table} w where (${keyColumns.replaceAll('j.', 'w.')}) = (${keyColumns}) and w.state = 'READY') as keeps
  from app.${table} j where ${condition}
)
update app.${table} j set state = 'READY', attempts = 0, run_at = clock_timestamp(), virtual_time = null, dedupe_key = case when d.keeps then j.dedupe_key end
from dead d where j.ctid = d.row and j.state = 'DEAD'`;

const REVIVE_JOBS = REVIVE('job', 'j.org_id, j.kind, j.dedupe_key', `${CONDITION} and ${OF_ORGANIZATION}`);
const REVIVE_SYSTEM_JOBS = REVIVE('system_job', 'j.kind, j.dedupe_key', CONDITION);

/**
 * The dead jobs that a filter names, the last to die first; at most `limit` (default 100). As `app_queue`.
 * @throws InvalidQueueOptionError for a limit that is no number of jobs, or an id that is no UUID.
 */
export async function listDeadJobs(queue: Sql, filter: DeadJobFilter = {}, limit = 100): Promise<DeadJob[]> {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InvalidQueueOptionError('limit', String(limit), 'a whole number from 1 up');
  const rows = await queue.query<{
    org_id: string | null;
    id: string;
    kind: string;
    attempts: number;
    last_error: string | null;
    created_at: Date;
    updated_at: Date;
  }>(LIST, { ...parametersOf(filter), ownerId: filter.orgId ?? null, limit });
  return rows.map((row) => ({
    orgId: row.org_id,
    id: row.id,
    kind: row.kind,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
    diedAt: row.updated_at,
  }));
}

/**
 * Gives dead jobs all their attempts again, starting now, and wakes the workers. Answers how many. As `app_queue`.
 * @throws InvalidQueueOptionError for a filter that names nothing, or an id that is no UUID.
 */
export async function retryDeadJobs(queue: Sql, filter: DeadJobFilter): Promise<number> {
  if (filter.ids === undefined && filter.kind === undefined && filter.orgId === undefined)
    throw new InvalidQueueOptionError('filter', 'empty', 'ids, a kind or an organization (--id, --kind, --org); npm run queue:dead lists the jobs');
  let revived = await queue.execute(REVIVE_JOBS, { ...parametersOf(filter), ownerId: filter.orgId ?? null });
  if (filter.orgId === undefined) revived += await queue.execute(REVIVE_SYSTEM_JOBS, parametersOf(filter));
  if (revived > 0) await queue.query(`select pg_notify('plinth_job', '')`);
  return revived;
}

function parametersOf({ ids, kind, orgId }: DeadJobFilter): { ids: readonly string[] | null; kind: string | null } {
  for (const id of [...(ids ?? []), ...(orgId === undefined ? [] : [orgId])]) if (!isUuid(id)) throw new InvalidQueueOptionError('id', id, 'UUIDs');
  return { ids: ids ?? null, kind: kind ?? null };
}
