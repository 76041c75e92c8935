/**
 * What the queue keeps inside PostgreSQL, as frozen SQL: the places in line, the waking, claiming and settling.
 *
 * Fairness is start-time fair queueing. `app.job_clock` is the place up to which the line has been served; a job that comes
 * due stands at the clock, or one turn behind the last waiting job of its organization and priority, whichever is later. A
 * burst therefore queues behind itself. A sequence, because it is read and moved without leaving row versions behind. The
 * place is given by a trigger with the owner's rights: the clock tells how busy everybody is, so no tenant may read it, and
 * nobody may choose a place.
 *
 * The functions fix the planner's choices: the tables swing between no row and a million within seconds, faster than
 * statistics follow, and every statement here is meant to walk an index.
 *
 * FUNCTIONS_UP runs before the tables, as `app_owner`; TRIGGERS_UP after them; DOWN after the tables are gone.
 */
const BY_INDEX = 'set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off';
const IN_INDEX_ORDER = `${BY_INDEX} set enable_sort = off`;

/** The turns that one job costs its line: a low one (priority below 0) costs four. */
const COST = (priority: string): string => `case when ${priority} < 0 then 4 else 1 end`;

const TAKE_PLACE = `create function app.job_takes_place() returns trigger
language plpgsql security definer ${IN_INDEX_ORDER} as $$
declare
  v_last bigint;
begin
  new.virtual_time := null;
  if new.state = 'READY' and new.run_at <= clock_timestamp() then
    select j.virtual_time into v_last from app.job j
    where j.org_id = new.org_id and j.priority = new.priority and j.state = 'READY' and j.virtual_time is not null
    order by j.virtual_time desc limit 1;
    select greatest(c.last_value, v_last + ${COST('new.priority')}) into new.virtual_time from app.job_clock c;
  end if;
  return new;
end $$`;

const WAKE = `create function app.job_wakes_workers() returns trigger language plpgsql as $$
begin
  perform pg_notify('plinth_job', '');
  return null;
end $$`;

/*
 * Jobs whose lease ran out: another attempt at once, or DEAD. A dedupe key that another waiting job holds by now is
 * dropped, since a key is unique among those that wait.
 */
const FREE_KEY = (job: string): string => `case when ${job}.dedupe_key is null or exists (
      select from app.job d where d.org_id = ${job}.org_id and d.kind = ${job}.kind and d.dedupe_key = ${job}.dedupe_key and d.state = 'READY'
    ) then null else ${job}.dedupe_key end`;

const RECLAIM = `create function app.reclaim_jobs(p_keep_keys boolean) returns integer
language plpgsql ${BY_INDEX} as $$
declare
  v_count integer;
begin
  with expired as materialized (
    select j.org_id, j.id from app.job j
    where j.state = 'RUNNING' and j.lease_until < clock_timestamp() order by j.lease_until limit 1000 for update skip locked
  ), keyed as (
    select j.org_id, j.id, p_keep_keys and row_number() over (partition by j.org_id, j.kind, j.dedupe_key order by j.id) = 1 as keeps
    from expired e join app.job j on j.org_id = e.org_id and j.id = e.id
  )
  update app.job j set
    state = case when j.attempts >= j.max_attempts then 'DEAD' else 'READY' end,
    locked_by = null, lease_until = null, virtual_time = null, run_at = clock_timestamp(),
    dedupe_key = case when k.keeps then ${FREE_KEY('j')} end,
    last_error = format('The worker "%s" stopped renewing its lease during attempt %s of %s.', j.locked_by, j.attempts, j.max_attempts)
  from keyed k where j.org_id = k.org_id and j.id = k.id;
  get diagnostics v_count = row_count;
  return v_count;
end $$`;

/* Jobs whose time has come take their places, by the rule of job_takes_place. */
const PROMOTE = `create function app.promote_jobs() returns void
language plpgsql ${BY_INDEX} as $$
begin
  with due as materialized (
    select j.org_id, j.id, j.priority, j.run_at from app.job j
    where j.state = 'READY' and j.virtual_time is null and j.run_at <= clock_timestamp() order by j.run_at limit 1000 for update skip locked
  ), lines as materialized (
    select l.org_id, l.priority, greatest(c.last_value, (
      select j.virtual_time + ${COST('l.priority')} from app.job j
      where j.org_id = l.org_id and j.priority = l.priority and j.state = 'READY' and j.virtual_time is not null
      order by j.virtual_time desc limit 1)) as first
    from (select distinct d.org_id, d.priority from due d) l cross join app.job_clock c
  ), places as (
    select d.org_id, d.id, l.first + (row_number() over (partition by d.org_id, d.priority order by d.run_at, d.id) - 1) * ${COST('d.priority')} as place
    from due d join lines l on l.org_id = d.org_id and l.priority = d.priority
  )
  update app.job j set virtual_time = p.place from places p where j.org_id = p.org_id and j.id = p.id;
end $$`;

/** Picks from \`line\` what the limits allow: kinds within an organization, then kinds overall, then the worker's share. */
const PICK = (line: string): string => `
  with recursive ${line}, within_kind as (
    select l.*, row_number() over (partition by l.org_id, l.kind order by l.virtual_time, l.id) as place from line l
  ), over_kinds as (
    select w.*, row_number() over (partition by w.kind order by w.virtual_time, w.id) as kind_place
    from within_kind w join unnest(p_kinds, p_org_limits) k (kind, org_limit) on k.kind = w.kind
    where k.org_limit is null or w.place <= k.org_limit - (
      select count(*) from unnest(v_running_orgs, v_running_kinds) r (org_id, kind) where r.org_id = w.org_id and r.kind = w.kind)
  ), over_organizations as (
    select o.*, row_number() over (partition by o.org_id order by o.virtual_time, o.id) as org_place
    from over_kinds o join unnest(p_kinds, p_kind_limits) k (kind, kind_limit) on k.kind = o.kind
    where k.kind_limit is null or o.kind_place <= k.kind_limit - (select count(*) from unnest(v_running_kinds) r (kind) where r.kind = o.kind)
  ), picked as (
    select o.org_id, o.id from over_organizations o left join unnest(p_held_orgs, p_held_counts) h (org_id, held) on h.org_id = o.org_id
    where o.org_place <= p_share - coalesce(h.held, 0)
    order by o.virtual_time, o.id limit p_limit
  )
  select coalesce(array_agg(p.org_id), '{}'), coalesce(array_agg(p.id), '{}'), (select count(*) from line) into v_orgs, v_ids, v_seen from picked p`;

/* The head of the whole line. Enough, unless limited organizations fill it. */
const HEAD = `line as materialized (
    select j.org_id, j.id, j.kind, j.virtual_time from app.job j
    where j.state = 'READY' and j.virtual_time is not null and j.kind = any (p_kinds)
    order by j.virtual_time, j.id limit v_window
  )`;

/* The heads of the lines of every organization and kind, stepping from one to the next in the index. */
const HEADS = `pair as (
    (select j.org_id, j.kind from app.job j where j.state = 'READY' and j.virtual_time is not null order by j.org_id, j.kind limit 1)
    union all
    select n.org_id, n.kind from pair p cross join lateral (
      select j.org_id, j.kind from app.job j
      where j.state = 'READY' and j.virtual_time is not null and (j.org_id, j.kind) > (p.org_id, p.kind) order by j.org_id, j.kind limit 1) n
  ), line as materialized (
    select h.org_id, h.id, h.kind, h.virtual_time
    from pair p join unnest(p_kinds) k (kind) on k.kind = p.kind cross join lateral (
      select j.org_id, j.id, j.kind, j.virtual_time from app.job j
      where j.org_id = p.org_id and j.kind = p.kind and j.state = 'READY' and j.virtual_time is not null
      order by j.virtual_time, j.id limit p_limit) h
  )`;

/*
 * Claims up to p_limit jobs for one worker. Claims take turns (an advisory lock), which makes the limits of kinds exact over
 * all workers. p_held_*: what the worker holds already; p_share: how many jobs of one organization it may hold.
 * Answers { jobs, more: whether jobs wait that this claim could not take, dueInMs: when the next one comes due, reclaimed }.
 */
const CLAIM = `create function app.claim_jobs(p_worker text, p_limit integer, p_lease_ms integer, p_kinds text[], p_kind_limits integer[],
  p_org_limits integer[], p_share integer, p_held_orgs uuid[], p_held_counts integer[]) returns json
language plpgsql ${BY_INDEX} as $$
declare
  v_window integer := p_limit * 2 + 100;
  v_seen integer;
  v_orgs uuid[];
  v_ids uuid[];
  v_running_orgs uuid[] := '{}';
  v_running_kinds text[] := '{}';
  v_reclaimed integer := 0;
  v_jobs json;
  v_clock bigint;
begin
  perform pg_advisory_xact_lock(hashtext('plinth_job_claim'));
  begin
    v_reclaimed := app.reclaim_jobs(true);
  exception when unique_violation then
    v_reclaimed := app.reclaim_jobs(false);
  end;
  perform app.promote_jobs();
  if exists (select from unnest(p_kind_limits, p_org_limits) l (kind_limit, org_limit) where l.kind_limit is not null or l.org_limit is not null) then
    select coalesce(array_agg(j.org_id), '{}'), coalesce(array_agg(j.kind), '{}') into v_running_orgs, v_running_kinds
    from app.job j where j.state = 'RUNNING' and j.lease_until > '-infinity';
  end if;
  ${PICK(HEAD)};
  if v_seen >= v_window and cardinality(v_ids) < p_limit then
    ${PICK(HEADS)};
  end if;
  with locked as materialized (
    select j.org_id, j.id from unnest(v_orgs, v_ids) p (org_id, id) join app.job j on j.org_id = p.org_id and j.id = p.id
    where j.state = 'READY' and j.virtual_time is not null for update of j skip locked
  ), taken as (
    update app.job j set state = 'RUNNING', locked_by = p_worker, lease_until = clock_timestamp() + p_lease_ms * interval '1 millisecond',
      fence = j.fence + 1, attempts = j.attempts + 1
    from locked l where j.org_id = l.org_id and j.id = l.id
    returning j.org_id, j.id, j.kind, j.payload, j.attempts, j.max_attempts, j.fence, j.virtual_time, extract(epoch from j.created_at) * 1000 as created_ms
  )
  select json_agg(json_build_array(t.org_id, t.id, t.kind, t.payload, t.attempts, t.max_attempts, t.fence, t.created_ms) order by t.virtual_time, t.id), max(t.virtual_time)
  into v_jobs, v_clock from taken t;
  perform setval('app.job_clock', v_clock) from app.job_clock c where v_clock > c.last_value;
  return json_build_object('jobs', coalesce(v_jobs, '[]'), 'reclaimed', v_reclaimed, 'more', v_seen > coalesce(json_array_length(v_jobs), 0),
    'dueInMs', (select extract(epoch from j.run_at - clock_timestamp()) * 1000 from app.job j where j.state = 'READY' and j.virtual_time is null order by j.run_at limit 1));
end $$`;

/*
 * Ends runs: DONE removes the job, RETRY lets it wait p_delays milliseconds, DEAD keeps it with its error, RELEASE gives it
 * back as if this run had not begun. Only where the fence is still the row's. Answers the ids that were changed.
 */
const SETTLE = `create function app.settle_jobs(p_orgs uuid[], p_ids uuid[], p_fences bigint[], p_outcomes text[], p_delays integer[], p_errors text[], p_keep_keys boolean) returns uuid[]
language plpgsql ${BY_INDEX} as $$
declare
  v_done uuid[];
  v_kept uuid[];
begin
  with done as (
    delete from app.job j using unnest(p_orgs, p_ids, p_fences, p_outcomes) o (org_id, id, fence, outcome)
    where o.outcome = 'DONE' and j.org_id = o.org_id and j.id = o.id and j.fence = o.fence and j.state = 'RUNNING' returning j.id
  ) select coalesce(array_agg(d.id), '{}') into v_done from done d;
  if cardinality(v_done) = cardinality(p_ids) then
    return v_done;
  end if;
  with keyed as materialized (
    select o.*, p_keep_keys and row_number() over (partition by j.org_id, j.kind, j.dedupe_key order by j.id) = 1 as keeps
    from unnest(p_orgs, p_ids, p_fences, p_outcomes, p_delays, p_errors) o (org_id, id, fence, outcome, delay, error)
    join app.job j on j.org_id = o.org_id and j.id = o.id and j.fence = o.fence and j.state = 'RUNNING'
    where o.outcome <> 'DONE'
  ), kept as (
    update app.job j set
      state = case when o.outcome = 'DEAD' or (o.outcome = 'RETRY' and j.attempts >= j.max_attempts) then 'DEAD' else 'READY' end,
      attempts = case when o.outcome = 'RELEASE' then j.attempts - 1 else j.attempts end,
      run_at = case when o.outcome = 'RETRY' then clock_timestamp() + o.delay * interval '1 millisecond' else j.run_at end,
      virtual_time = null, locked_by = null, lease_until = null, last_error = coalesce(o.error, j.last_error),
      dedupe_key = case when o.keeps or o.outcome = 'DEAD' then ${FREE_KEY('j')} end
    from keyed o where j.org_id = o.org_id and j.id = o.id and j.fence = o.fence and j.state = 'RUNNING' returning j.id, j.state
  ) select coalesce(array_agg(k.id), '{}') into v_kept from kept k;
  if exists (select from unnest(p_outcomes) o (outcome) where o.outcome = 'RELEASE') then
    perform pg_notify('plinth_job', '');
  end if;
  return v_done || v_kept;
end $$`;

const FUNCTIONS: readonly { readonly signature: string; readonly create: string; readonly executedBy?: string }[] = [
  { signature: 'app.job_takes_place()', create: TAKE_PLACE },
  { signature: 'app.job_wakes_workers()', create: WAKE },
  { signature: 'app.reclaim_jobs(boolean)', create: RECLAIM, executedBy: 'app_queue' },
  { signature: 'app.promote_jobs()', create: PROMOTE, executedBy: 'app_queue' },
  { signature: 'app.claim_jobs(text, integer, integer, text[], integer[], integer[], integer, uuid[], integer[])', create: CLAIM, executedBy: 'app_queue' },
  { signature: 'app.settle_jobs(uuid[], uuid[], bigint[], text[], integer[], text[], boolean)', create: SETTLE, executedBy: 'app_queue' },
];

export const QUEUE_FUNCTIONS_UP: readonly string[] = [
  'create sequence app.job_clock',
  'grant select, update on sequence app.job_clock to app_queue',
  ...FUNCTIONS.flatMap(({ signature, create, executedBy }) => [
    create,
    `revoke all on function ${signature} from public`,
    ...(executedBy === undefined ? [] : [`grant execute on function ${signature} to ${executedBy}`]),
  ]),
];

export const QUEUE_TRIGGERS_UP: readonly string[] = [
  'create trigger job_takes_place before insert on app.job for each row execute function app.job_takes_place()',
  'create trigger job_wakes_workers after insert on app.job for each statement execute function app.job_wakes_workers()',
  'create trigger job_wakes_workers after insert on app.system_job for each statement execute function app.job_wakes_workers()',
];

export const QUEUE_DOWN: readonly string[] = [...FUNCTIONS.map(({ signature }) => `drop function ${signature}`).reverse(), 'drop sequence app.job_clock'];
