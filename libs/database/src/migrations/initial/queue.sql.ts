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
 * statistics follow, and every statement here is meant to walk one certain index. Where several would do, only one is left
 * to choose: a held job is found by its key alone (HELD hides the state from the planner), and the two indexes of an
 * organization's lines sort nulls the other way round from the index of the whole line, though none of them holds a null.
 *
 * FUNCTIONS_UP runs before the tables, as `app_owner`; TRIGGERS_UP after them; DOWN after the tables are gone.
 */
const BY_INDEX = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'sort', 'incremental_sort'].reduce((clauses, way) => `${clauses} set enable_${way} = off`, 'set search_path = pg_catalog, pg_temp set jit = off');

/* The place of the next job of an organization and priority. */
const NEXT_PLACE = `create function app.next_place(p_org uuid, p_priority integer) returns bigint
language plpgsql ${BY_INDEX} as $$
declare
  v_last bigint;
begin
  select j.virtual_time into v_last from app.job j
  where j.org_id = p_org and j.priority = p_priority and j.state = 'READY' and j.virtual_time is not null
  order by j.virtual_time desc nulls last limit 1;
  return (select greatest(c.last_value, v_last + case when p_priority < 0 then 4 else 1 end) from app.job_clock c);
end $$`;

/*
 * Three priorities, no more: each is a line of its own, and more lines would be more turns. And no payload that, taken
 * together with those of others by one claim, a worker could not hold: it would bring the worker down for everybody.
 */
const TAKE_PLACE = `create function app.job_takes_place() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if octet_length(new.payload::text) > 1048576 then
    raise exception 'The payload of a job is larger than 1 MiB'
      using errcode = 'check_violation', table = 'job', column = 'payload', hint = 'Store it in a row, and give the job its id.';
  end if;
  new.priority := sign(new.priority);
  new.virtual_time := null;
  if new.state = 'READY' and new.run_at <= clock_timestamp() then
    new.virtual_time := app.next_place(new.org_id, new.priority);
  end if;
  return new;
end $$`;

/* Whether the row is still a run's: by a comparison that no index can serve. */
const HELD = (fence: string): string => `j.fence = ${fence} and coalesce(j.state, '') = 'RUNNING'`;

const WAKE = `create function app.job_wakes_workers() returns trigger language plpgsql as $$
begin
  perform pg_notify('plinth_job', '');
  return null;
end $$`;

/*
 * A run ends without the job being done: RETRY lets it wait, RELEASE gives it back as if the run had not begun, DEAD keeps it
 * with its error. A dedupe key that another waiting job holds by now is dropped, since a key is unique among those that wait;
 * so is one that an open transaction is just adding, for a worker waits for nobody. False: the fence is no longer the row's.
 */
const RETURN_JOB = `create function app.return_job(p_org uuid, p_id uuid, p_fence bigint, p_outcome text, p_delay_ms integer, p_error text) returns boolean
language plpgsql ${BY_INDEX} set lock_timeout = '200ms' as $$
begin
  for v_try in 1..2 loop
    begin
      update app.job j set
        state = case when p_outcome = 'DEAD' or (p_outcome = 'RETRY' and j.attempts >= j.max_attempts) then 'DEAD' else 'READY' end,
        attempts = j.attempts - case when p_outcome = 'RELEASE' then 1 else 0 end,
        run_at = case when p_outcome = 'RETRY' then clock_timestamp() + p_delay_ms * interval '1 millisecond' else j.run_at end,
        virtual_time = null, locked_by = null, lease_until = null, last_error = coalesce(p_error, j.last_error),
        dedupe_key = case when v_try = 1 then j.dedupe_key end
      where j.org_id = p_org and j.id = p_id and ${HELD('p_fence')};
      return found;
    exception when unique_violation or lock_not_available then
      null;
    end;
  end loop;
  return false;
end $$`;

/* Jobs whose lease ran out: another attempt at once, or DEAD after the last. */
const RECLAIM = `create function app.reclaim_jobs() returns integer
language plpgsql ${BY_INDEX} as $$
declare
  v_job record;
  v_count integer := 0;
begin
  for v_job in
    select j.org_id, j.id, j.fence, j.locked_by, j.attempts, j.max_attempts from app.job j
    where j.state = 'RUNNING' and j.lease_until < clock_timestamp() order by j.lease_until limit 500 for update skip locked
  loop
    if app.return_job(v_job.org_id, v_job.id, v_job.fence, 'RETRY', 0,
      format('The worker "%s" stopped renewing its lease during attempt %s of %s.', v_job.locked_by, v_job.attempts, v_job.max_attempts)) then
      v_count := v_count + 1;
    end if;
  end loop;
  return v_count;
end $$`;

/* Jobs whose time has come take their places. */
const PROMOTE = `create function app.promote_jobs() returns void
language plpgsql ${BY_INDEX} as $$
declare
  v_job record;
begin
  for v_job in
    select j.org_id, j.id, j.priority from app.job j
    where j.state = 'READY' and j.virtual_time is null and j.run_at <= clock_timestamp() order by j.run_at limit 500 for update skip locked
  loop
    update app.job j set virtual_time = app.next_place(v_job.org_id, v_job.priority) where j.org_id = v_job.org_id and j.id = v_job.id;
  end loop;
end $$`;

/** Picks from \`line\` what the limits allow: kinds within an organization, then kinds overall, then the worker's share. */
const PICK = (line: string): string => `
  with recursive running as materialized (
    select r.org_id, r.kind, count(*) as jobs from unnest(v_running_orgs, v_running_kinds) r (org_id, kind) group by r.org_id, r.kind
  ), rules as materialized (
    select k.kind, k.org_limit, k.kind_limit - coalesce((select sum(r.jobs) from running r where r.kind = k.kind), 0) as kind_room
    from unnest(p_kinds, p_org_limits, p_kind_limits) k (kind, org_limit, kind_limit)
  ), ${line}, within_kind as (
    select l.*, row_number() over (partition by l.org_id, l.kind order by l.virtual_time, l.id) as place from line l
  ), over_kinds as (
    select w.row, w.org_id, w.id, w.virtual_time, k.kind_room, row_number() over (partition by w.kind order by w.virtual_time, w.id) as place
    from within_kind w join rules k on k.kind = w.kind left join running r on r.org_id = w.org_id and r.kind = w.kind
    where k.org_limit is null or w.place <= k.org_limit - coalesce(r.jobs, 0)
  ), over_organizations as (
    select o.row, o.org_id, o.id, o.virtual_time, row_number() over (partition by o.org_id order by o.virtual_time, o.id) as place
    from over_kinds o where o.kind_room is null or o.place <= o.kind_room
  ), picked as (
    select o.row from over_organizations o left join unnest(p_held_orgs, p_held_counts) h (org_id, held) on h.org_id = o.org_id
    where o.place <= p_share - coalesce(h.held, 0)
    order by o.virtual_time, o.id limit p_limit
  )
  select coalesce(array_agg(p.row), '{}'), (select count(*) from line) into v_rows, v_seen from picked p`;

/* The head of the whole line. Enough, unless limited organizations fill it. */
const HEAD = `line as materialized (
    select j.ctid as row, j.org_id, j.id, j.kind, j.virtual_time from app.job j
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
    select h.row, h.org_id, h.id, h.kind, h.virtual_time
    from pair p join rules k on k.kind = p.kind cross join lateral (
      select j.ctid as row, j.org_id, j.id, j.kind, j.virtual_time from app.job j
      where j.org_id = p.org_id and j.kind = p.kind and j.state = 'READY' and j.virtual_time is not null
      order by j.virtual_time nulls first, j.id limit p_limit) h
  )`;

/*
 * Claims up to p_limit jobs for one worker. Claims take turns (an advisory lock), which makes the limits of kinds exact over
 * all workers. p_held_*: what the worker holds already; p_share: how many jobs of one organization it may hold.
 * A row that changed since it was picked is left for the next claim.
 * Answers { jobs, more: whether jobs wait that this claim could not take, dueInMs: when the next one comes due, reclaimed }.
 */
const CLAIM = `create function app.claim_jobs(p_worker text, p_limit integer, p_lease_ms integer, p_kinds text[], p_kind_limits integer[],
  p_org_limits integer[], p_share integer, p_held_orgs uuid[], p_held_counts integer[]) returns json
language plpgsql ${BY_INDEX} as $$
declare
  v_window integer := p_limit * 2 + 100;
  v_seen integer;
  v_rows tid[];
  v_running_orgs uuid[] := '{}';
  v_running_kinds text[] := '{}';
  v_reclaimed integer;
  v_jobs json;
  v_clock bigint;
begin
  perform pg_advisory_xact_lock(hashtext('plinth_job_claim'));
  v_reclaimed := app.reclaim_jobs();
  perform app.promote_jobs();
  if exists (select from unnest(p_kind_limits, p_org_limits) l (kind_limit, org_limit) where l.kind_limit is not null or l.org_limit is not null) then
    select coalesce(array_agg(j.org_id), '{}'), coalesce(array_agg(j.kind), '{}') into v_running_orgs, v_running_kinds
    from app.job j where j.state = 'RUNNING' and j.lease_until > '-infinity';
  end if;
  ${PICK(HEAD)};
  if v_seen >= v_window and cardinality(v_rows) < p_limit then
    ${PICK(HEADS)};
  end if;
  with locked as materialized (
    select j.ctid as row from app.job j where j.ctid = any (v_rows) for update skip locked
  ), taken as (
    update app.job j set state = 'RUNNING', locked_by = p_worker, lease_until = clock_timestamp() + p_lease_ms * interval '1 millisecond',
      fence = j.fence + 1, attempts = j.attempts + 1
    where j.ctid = any (array(select l.row from locked l))
    returning j.org_id, j.id, j.kind, j.payload, j.attempts, j.max_attempts, j.fence, j.virtual_time, extract(epoch from j.created_at) * 1000 as created_ms
  )
  select json_agg(json_build_array(t.org_id, t.id, t.kind, t.payload, t.attempts, t.max_attempts, t.fence, t.created_ms) order by t.virtual_time, t.id), max(t.virtual_time)
  into v_jobs, v_clock from taken t;
  perform setval('app.job_clock', v_clock) from app.job_clock c where v_clock > c.last_value;
  return json_build_object('jobs', coalesce(v_jobs, '[]'), 'reclaimed', v_reclaimed, 'more', v_seen > coalesce(json_array_length(v_jobs), 0),
    'dueInMs', (select extract(epoch from j.run_at - clock_timestamp()) * 1000 from app.job j where j.state = 'READY' and j.virtual_time is null order by j.run_at limit 1));
end $$`;

/*
 * Ends runs: DONE removes the job, the other outcomes are return_job's. settled: the ids whose fence was still the row's.
 * busy: those that somebody has locked, which are left for another time: one organization's lock must not keep the ends of
 * everybody's jobs waiting.
 */
const SETTLE = `create function app.settle_jobs(p_orgs uuid[], p_ids uuid[], p_fences bigint[], p_outcomes text[], p_delays integer[], p_errors text[],
  out settled uuid[], out busy uuid[])
language plpgsql ${BY_INDEX} as $$
declare
  v_ended boolean;
begin
  settled := '{}';
  busy := '{}';
  for i in 1..cardinality(p_ids) loop
    if p_outcomes[i] = 'DONE' then
      delete from app.job d where d.ctid = any (array(
        select j.ctid from app.job j where j.org_id = p_orgs[i] and j.id = p_ids[i] and ${HELD('p_fences[i]')} for update skip locked));
      v_ended := found;
    else
      perform from app.job j where j.org_id = p_orgs[i] and j.id = p_ids[i] and ${HELD('p_fences[i]')} for update skip locked;
      v_ended := found and app.return_job(p_orgs[i], p_ids[i], p_fences[i], p_outcomes[i], p_delays[i], p_errors[i]);
    end if;
    if v_ended then
      settled := settled || p_ids[i];
    elsif exists (select from app.job j where j.org_id = p_orgs[i] and j.id = p_ids[i] and ${HELD('p_fences[i]')}) then
      busy := busy || p_ids[i];
    end if;
  end loop;
  if 'RELEASE' = any (p_outcomes) then
    perform pg_notify('plinth_job', '');
  end if;
end $$`;

/* Renews leases. A job that its own run has locked keeps its lease for now: reclaiming passes over locked rows too. Answers the ids still held. */
const RENEW = `create function app.renew_jobs(p_orgs uuid[], p_ids uuid[], p_fences bigint[], p_lease_ms integer) returns uuid[]
language plpgsql ${BY_INDEX} as $$
declare
  v_held uuid[] := '{}';
begin
  for i in 1..cardinality(p_ids) loop
    perform from app.job j where j.org_id = p_orgs[i] and j.id = p_ids[i] and ${HELD('p_fences[i]')} for no key update skip locked;
    if found then
      update app.job j set lease_until = clock_timestamp() + p_lease_ms * interval '1 millisecond' where j.org_id = p_orgs[i] and j.id = p_ids[i];
      v_held := v_held || p_ids[i];
    elsif exists (select from app.job j where j.org_id = p_orgs[i] and j.id = p_ids[i] and ${HELD('p_fences[i]')}) then
      v_held := v_held || p_ids[i];
    end if;
  end loop;
  return v_held;
end $$`;

/*
 * How far the queue is behind, for health: numbers only, with the owner's rights, since the services' login reads no table.
 * Bounded, so that looking costs the same however long the line is. A job waits from when it was made at the earliest, whatever
 * time it was dated back to.
 */
const LAG = `create function app.queue_lag() returns table (oldest_due_seconds double precision, due integer, dead integer)
language plpgsql stable security definer ${BY_INDEX} as $$
begin
  return query
  with waiting as (
    (select greatest(j.run_at, j.created_at) as run_at from app.job j where j.state = 'READY' and j.virtual_time is not null order by j.virtual_time, j.id limit 10000)
    union all (select greatest(j.run_at, j.created_at) from app.job j where j.state = 'READY' and j.virtual_time is null and j.run_at <= now() order by j.run_at limit 1000)
    union all (select j.run_at from app.system_job j where j.state = 'READY' and j.run_at <= now() order by j.run_at limit 1000)
  ), gone as (
    (select from app.job j where j.state = 'DEAD' limit 1000) union all (select from app.system_job j where j.state = 'DEAD' limit 1000)
  )
  select coalesce(greatest(0, extract(epoch from clock_timestamp() - min(w.run_at))), 0)::double precision, count(*)::integer, (select count(*) from gone)::integer
  from waiting w;
end $$`;

const FUNCTIONS: readonly { readonly signature: string; readonly create: string; readonly executedBy?: string }[] = [
  { signature: 'app.next_place(uuid, integer)', create: NEXT_PLACE, executedBy: 'app_queue' },
  { signature: 'app.job_takes_place()', create: TAKE_PLACE },
  { signature: 'app.job_wakes_workers()', create: WAKE },
  { signature: 'app.return_job(uuid, uuid, bigint, text, integer, text)', create: RETURN_JOB, executedBy: 'app_queue' },
  { signature: 'app.reclaim_jobs()', create: RECLAIM, executedBy: 'app_queue' },
  { signature: 'app.promote_jobs()', create: PROMOTE, executedBy: 'app_queue' },
  { signature: 'app.claim_jobs(text, integer, integer, text[], integer[], integer[], integer, uuid[], integer[])', create: CLAIM, executedBy: 'app_queue' },
  { signature: 'app.settle_jobs(uuid[], uuid[], bigint[], text[], integer[], text[])', create: SETTLE, executedBy: 'app_queue' },
  { signature: 'app.queue_lag()', create: LAG, executedBy: 'app_login, app_queue' },
  { signature: 'app.renew_jobs(uuid[], uuid[], bigint[], integer)', create: RENEW, executedBy: 'app_queue' },
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
