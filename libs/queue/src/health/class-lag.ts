import type { Sql } from '#database';

/** How far one class of jobs is behind, over all organizations together. */
export interface ClassLag {
  /** `tenants`: the jobs of all organizations; `system`: those of none. */
  readonly jobClass: string;
  /** How long the oldest job that could run has waited, in seconds; 0 where none waits. */
  readonly oldestDueSeconds: number;
  /** Jobs that could run now; counts stop at 10,000. */
  readonly due: number;
}

// Bounded, so that looking costs the same however long the line is.
const LAG = `with waiting as (
    (select 'tenants' as class, greatest(run_at, created_at) as since from app.job where state = 'READY' and virtual_time is not null order by virtual_time, id limit 10000)
    union all (select 'tenants', greatest(run_at, created_at) from app.job where state = 'READY' and virtual_time is null and run_at <= now() order by run_at limit 1000)
    union all (select 'system', run_at from app.system_job where state = 'READY' and run_at <= now() order by run_at limit 1000)
  )
  select c.class as "jobClass", count(w.since)::integer as due,
    coalesce(greatest(0, extract(epoch from clock_timestamp() - min(w.since))), 0)::double precision as "oldestDueSeconds"
  from (values ('tenants'), ('system')) as c (class) left join waiting w on w.class = c.class group by c.class`;

/** Reads how far each class of jobs is behind, for metrics: totals, never by organization. @param queue the connection of the queue */
export async function readClassLag(queue: Sql): Promise<readonly ClassLag[]> {
  return queue.query<ClassLag>(LAG);
}
