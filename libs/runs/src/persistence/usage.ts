import type { Db, RunStatus, Sql } from '#database';

/** What a period of usage is. */
export type UsageUnit = 'day' | 'month';

/** What the calls of one language model came to. */
export interface ModelFigures {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicros: number;
}

/** What runs that ended in one period came to, or a part of them. */
export interface UsageRow {
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly runs: number;
  readonly tokens: number;
  readonly costMicros: number;
  readonly runsByStatus: Readonly<Partial<Record<RunStatus, number>>>;
  readonly models: Readonly<Record<string, ModelFigures>>;
}

/** Periods are those of UTC, whatever the time zone of the session is. `unit` is SQL. */
const starts = (unit: string, at: string): string => `(date_trunc(${unit}, ${at} at time zone 'UTC') at time zone 'UTC')`;
const ends = (unit: string, at: string): string => `((date_trunc(${unit}, ${at} at time zone 'UTC') + ('1 ' || ${unit})::interval) at time zone 'UTC')`;

/** `usage`: the figures of the runs of `taken (id, status, total_tokens, cost_micros, starts, ends)`, by period. */
const USAGE = `
by_status as (
  select starts, ends, status, count(*) as runs, sum(total_tokens) as tokens, sum(cost_micros) as cost from taken group by starts, ends, status
), by_model as (
  select t.starts, t.ends, s.model, count(*) as calls, sum(s.input_tokens) as input, sum(s.output_tokens) as output, sum(s.cost_micros) as cost
  from taken t join app.step s on s.org_id = :orgId and s.run_id = t.id where s.model is not null group by t.starts, t.ends, s.model
), models as (
  select starts, ends, jsonb_object_agg(model, jsonb_build_object('calls', calls, 'inputTokens', input, 'outputTokens', output, 'costMicros', cost)) as models
  from by_model group by starts, ends
), usage as (
  select starts, ends, sum(b.runs) as runs, sum(b.tokens) as tokens, sum(b.cost) as cost, jsonb_object_agg(b.status, b.runs) as statuses,
    coalesce((select m.models from models m where m.starts = b.starts and m.ends = b.ends), '{}') as models
  from by_status b group by starts, ends
)`;

/** The sum of two objects of numbers. */
const numbersOf = (one: string, other: string): string => `(
  select jsonb_object_agg(key, n) from (
    select key, sum(value::bigint) as n from (select * from jsonb_each_text(${one}) union all select * from jsonb_each_text(${other})) as parts group by key
  ) as summed)`;

/** The sum of two objects of the figures of models. */
const modelsOf = (one: string, other: string): string => `(
  select coalesce(jsonb_object_agg(key, figures), '{}') from (
    select key, jsonb_build_object('calls', sum((value ->> 'calls')::bigint), 'inputTokens', sum((value ->> 'inputTokens')::bigint),
      'outputTokens', sum((value ->> 'outputTokens')::bigint), 'costMicros', sum((value ->> 'costMicros')::bigint)) as figures
    from (select * from jsonb_each(${one}) union all select * from jsonb_each(${other})) as parts group by key
  ) as summed)`;

/**
 * Marks runs and adds them to the day and the month in which they ended, all or none. Runs that somebody else is counting are left to
 * them. Periods are added to in order, so that nobody waits for another in a circle.
 */
const COUNT = `
with ended as (
  select id, status, total_tokens, cost_micros, completed_at from app.run
  where org_id = :orgId and completed_at is not null and usage_counted_at is null
  order by completed_at limit :most::int for no key update skip locked
), marked as (
  update app.run r set usage_counted_at = clock_timestamp() from ended where r.org_id = :orgId and r.id = ended.id returning r.id
), taken as (
  select e.*, ${starts('u.unit', 'e.completed_at')} as starts, ${ends('u.unit', 'e.completed_at')} as ends
  from ended e, (values ('day'), ('month')) as u (unit)
), ${USAGE}, added as (
  insert into app.organization_usage as o
    (org_id, id, period_start, period_end, total_runs, total_tokens, total_cost_micros, runs_by_status, usage_details)
  select :orgId, gen_random_uuid(), starts, ends, runs, tokens, cost, statuses, jsonb_build_object('models', models) from usage order by starts, ends
  on conflict (org_id, period_start, period_end) do update set
    total_runs = o.total_runs + excluded.total_runs,
    total_tokens = o.total_tokens + excluded.total_tokens,
    total_cost_micros = o.total_cost_micros + excluded.total_cost_micros,
    runs_by_status = ${numbersOf('o.runs_by_status', 'excluded.runs_by_status')},
    usage_details = o.usage_details || jsonb_build_object('models',
      ${modelsOf(`coalesce(o.usage_details -> 'models', '{}')`, `excluded.usage_details -> 'models'`)})
)
select count(*)::int as runs from marked`;

/** Adds at most `most` runs that have ended to the usage of their periods, in one statement. @returns how many */
export async function countRuns(db: Db, most: number): Promise<number> {
  const [row] = await db.query<{ runs: number }>(COUNT, { most });
  return row?.runs ?? 0;
}

/** What is counted already and, in the same statement, what is not yet. */
const READ = `
with ended as (
  select id, status, total_tokens, cost_micros, completed_at from app.run
  where org_id = :orgId and completed_at >= :from::timestamptz and completed_at < :to::timestamptz and usage_counted_at is null
), taken as (
  select e.*, ${starts(':unit::text', 'e.completed_at')} as starts, ${ends(':unit::text', 'e.completed_at')} as ends from ended e
), ${USAGE}
select period_start, period_end, total_runs as runs, total_tokens as tokens, total_cost_micros as cost, runs_by_status as statuses,
  coalesce(usage_details -> 'models', '{}') as models
from app.organization_usage
where org_id = :orgId and period_start >= :from::timestamptz and period_start < :to::timestamptz
  and period_start = ${starts(':unit::text', 'period_start')} and period_end = ${ends(':unit::text', 'period_start')}
union all
select starts, ends, runs, tokens, cost, statuses, models from usage
order by period_start`;

interface Row {
  period_start: Date;
  period_end: Date;
  runs: string;
  tokens: string;
  cost: string;
  statuses: Record<string, number>;
  models: Record<string, ModelFigures>;
}

/** The usage of the days or months that begin from `from` on and before `to`, in order; up to two rows a period, which belong together. */
export async function findUsage(db: Db, unit: UsageUnit, from: Date, to: Date): Promise<UsageRow[]> {
  const rows = await db.query<Row>(READ, { unit, from, to });
  return rows.map((row) => ({
    periodStart: row.period_start,
    periodEnd: row.period_end,
    runs: Number(row.runs),
    tokens: Number(row.tokens),
    costMicros: Number(row.cost),
    runsByStatus: row.statuses,
    models: row.models,
  }));
}

/** The organizations that have runs which ended and are not counted: one look into an index for each. Sees all organizations. */
export async function organizationsToCount(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select o.id from app.organization o
      where exists (select from app.run r where r.org_id = o.id and r.completed_at is not null and r.usage_counted_at is null) order by o.id`,
  );
  return rows.map(({ id }) => id);
}
