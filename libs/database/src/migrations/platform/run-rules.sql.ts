/**
 * Which state of a run and of a step may follow which, as frozen SQL. The code's own table is `libs/runs/src/states`; a test proves
 * that both allow the same. SQLSTATE PL005: the transition is not one of them.
 */
const CHECK_RUN_TRANSITION = `create function app.check_run_transition() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (case old.status
      when 'QUEUED' then new.status = any (array['RUNNING', 'FAILED', 'CANCELLED']::text[])
      when 'RUNNING' then new.status = any (array['WAITING_INPUT', 'COMPLETED', 'FAILED', 'CANCELLED']::text[])
      when 'WAITING_INPUT' then new.status = any (array['QUEUED', 'FAILED', 'CANCELLED']::text[])
      else false end) then
    raise exception 'A run that is % does not become %', old.status, new.status
      using errcode = 'PL005', hint = 'Read the run again: somebody else has moved it on.';
  end if;
  return new;
end $$`;

const CHECK_STEP_TRANSITION = `create function app.check_step_transition() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (case old.status
      when 'PENDING' then new.status = any (array['RUNNING', 'SKIPPED', 'CANCELLED']::text[])
      when 'RUNNING' then new.status = any (array['COMPLETED', 'FAILED', 'CANCELLED']::text[])
      else false end) then
    raise exception 'A step that is % does not become %', old.status, new.status
      using errcode = 'PL005', hint = 'Read the step again: somebody else has moved it on.';
  end if;
  return new;
end $$`;

/** Wakes whoever follows the run, in any process. The payload names the run; what happened is read from the rows. */
const RUN_EVENT_WAKES = `create function app.run_event_wakes_followers() returns trigger language plpgsql as $$
begin
  perform pg_notify('plinth_run', new.org_id || ':' || new.run_id);
  return null;
end $$`;

const FUNCTIONS = [
  { signature: 'app.check_run_transition()', create: CHECK_RUN_TRANSITION },
  { signature: 'app.check_step_transition()', create: CHECK_STEP_TRANSITION },
  { signature: 'app.run_event_wakes_followers()', create: RUN_EVENT_WAKES },
];

/** Trigger functions are opened to nobody: PostgreSQL asks for EXECUTE when a trigger is made, not when it fires. */
export const RUN_RULES_UP: readonly string[] = FUNCTIONS.flatMap(({ signature, create }) => [create, `revoke all on function ${signature} from public`]);

/** Run after the triggers and tables that call them are gone. */
export const RUN_RULES_DOWN: readonly string[] = FUNCTIONS.map(({ signature }) => `drop function ${signature}`);
