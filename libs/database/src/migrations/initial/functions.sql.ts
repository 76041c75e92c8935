/**
 * The functions of the initial migration, as frozen SQL. Bodies that name tables are plpgsql, which looks them up at the
 * first call, so all of this runs before the tables (whose column defaults and triggers need it).
 *
 * Each function is closed to PUBLIC and opened to exactly the roles that call it. Trigger functions are opened to nobody:
 * PostgreSQL asks for EXECUTE when a trigger is made, not when it fires.
 *
 * SQLSTATEs raised here: PL001 no organization, PL002 the connection is not clean, PL003 an argument is missing or
 * out of range, PL004 the row is immutable.
 */
interface FrozenFunction {
  /** Name and argument types, as DROP, GRANT and REVOKE spell them. */
  readonly signature: string;
  readonly create: string;
  readonly executedBy: readonly string[];
}

const READERS = ['app_tenant', 'app_auth', 'app_admin'] as const;

/*
 * Readers of the context. STABLE, SQL, invoker, no SET clause: the planner inlines them into policies. Never IMMUTABLE,
 * or a cached plan answers for another organization. After a first transaction an unset setting reads as '' and not as
 * null, hence nullif.
 */
const CONTEXT_READERS: readonly FrozenFunction[] = [
  {
    signature: 'app.current_org_id()',
    create: `create function app.current_org_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.current_org_id', true), '')::uuid`,
    executedBy: READERS,
  },
  {
    signature: 'app.current_actor_type()',
    create: `create function app.current_actor_type() returns text language sql stable parallel safe
  return nullif(current_setting('app.actor_type', true), '')`,
    executedBy: READERS,
  },
  {
    signature: 'app.current_actor_id()',
    create: `create function app.current_actor_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.actor_id', true), '')::uuid`,
    executedBy: READERS,
  },
  {
    signature: 'app.current_user_id()',
    create: `create function app.current_user_id() returns uuid language sql stable parallel safe
  return case when current_setting('app.actor_type', true) = 'USER'
    then nullif(current_setting('app.actor_id', true), '')::uuid end`,
    executedBy: READERS,
  },
  {
    signature: 'app.current_request_id()',
    create: `create function app.current_request_id() returns text language sql stable parallel safe
  return nullif(current_setting('app.request_id', true), '')`,
    executedBy: READERS,
  },
];

/*
 * Entering. Run by the login itself (invoker): the right to become the role is the login's membership, not the function's.
 * SET LOCAL, since set_config is closed to everyone but the owner. The check for a clean connection is what refuses a
 * second organization in one transaction, and it costs no round trip here.
 */
const REFUSE_UNCLEAN = `if current_user <> session_user or coalesce(current_setting('app.current_org_id', true), '') <> '' then
    raise exception 'This transaction already runs as "%" for organization "%"', current_user, current_setting('app.current_org_id', true)
      using errcode = 'PL002', hint = 'Enter once, first, on a connection whose last transaction has ended.';
  end if;`;

const REFUSE_TIMEOUTS = `if least(p_statement_timeout_ms, p_lock_timeout_ms, p_idle_timeout_ms) < 0
    or p_statement_timeout_ms is null or p_lock_timeout_ms is null or p_idle_timeout_ms is null then
    raise exception 'The three timeouts are milliseconds, 0 (none) or more, and never null'
      using errcode = 'PL003';
  end if;`;

const TIMEOUT_PARAMETERS = 'p_statement_timeout_ms integer, p_lock_timeout_ms integer, p_idle_timeout_ms integer';

const SET_TIMEOUTS =
  'set local statement_timeout = %s; set local lock_timeout = %s; set local idle_in_transaction_session_timeout = %s';
const TIMEOUT_ARGUMENTS = 'p_statement_timeout_ms, p_lock_timeout_ms, p_idle_timeout_ms';

const ENTERING: readonly FrozenFunction[] = [
  {
    signature: 'app.enter_tenant(uuid, text, uuid, text, integer, integer, integer)',
    create: `create function app.enter_tenant(p_org uuid, p_actor_type text, p_actor_id uuid, p_request_id text, ${TIMEOUT_PARAMETERS})
returns void language plpgsql as $$
begin
  if p_org is null then
    raise exception 'No organization was given to enter'
      using errcode = 'PL001', hint = 'Give the id of the organization whose rows this transaction is about.';
  end if;
  ${REFUSE_UNCLEAN}
  ${REFUSE_TIMEOUTS}
  set local role app_tenant;
  execute format('set local app.current_org_id = %L; set local app.actor_type = %L; set local app.actor_id = %L; set local app.request_id = %L; ${SET_TIMEOUTS}',
    p_org, coalesce(p_actor_type, ''), coalesce(p_actor_id::text, ''), coalesce(p_request_id, ''), ${TIMEOUT_ARGUMENTS});
end $$`,
    executedBy: ['app_login'],
  },
  {
    signature: 'app.enter_auth(uuid, text, integer, integer, integer)',
    create: `create function app.enter_auth(p_user uuid, p_request_id text, ${TIMEOUT_PARAMETERS})
returns void language plpgsql as $$
begin
  ${REFUSE_UNCLEAN}
  ${REFUSE_TIMEOUTS}
  set local role app_auth;
  execute format('set local app.actor_type = %L; set local app.actor_id = %L; set local app.request_id = %L; ${SET_TIMEOUTS}',
    case when p_user is null then '' else 'USER' end, coalesce(p_user::text, ''), coalesce(p_request_id, ''), ${TIMEOUT_ARGUMENTS});
end $$`,
    executedBy: ['app_privileged'],
  },
  {
    signature: 'app.enter_admin(text, text, integer, integer, integer)',
    create: `create function app.enter_admin(p_actor text, p_request_id text, ${TIMEOUT_PARAMETERS})
returns void language plpgsql as $$
begin
  if coalesce(p_actor, '') = '' then
    raise exception 'Unrestricted work needs the name of who does it' using errcode = 'PL003';
  end if;
  ${REFUSE_UNCLEAN}
  ${REFUSE_TIMEOUTS}
  set local role app_admin;
  execute format('set local app.actor_type = %L; set local app.actor_id = %L; set local app.actor_name = %L; set local app.request_id = %L; ${SET_TIMEOUTS}',
    'SYSTEM', '', p_actor, coalesce(p_request_id, ''), ${TIMEOUT_ARGUMENTS});
end $$`,
    executedBy: ['app_privileged'],
  },
];

/* Triggers read and change only their own row: a sharded database allows nothing more. */
const TRIGGERS: readonly FrozenFunction[] = [
  {
    signature: 'app.touch_updated_at()',
    create: `create function app.touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$`,
    executedBy: [],
  },
  {
    signature: 'app.raise_version()',
    create: `create function app.raise_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$`,
    executedBy: [],
  },
  {
    signature: 'app.refuse_update()',
    create: `create function app.refuse_update() returns trigger language plpgsql as $$
begin
  raise exception 'Rows of "%" are never changed', tg_table_name
    using errcode = 'PL004', hint = 'Insert a new row instead; old ones go with what they belong to.';
end $$`,
    executedBy: [],
  },
  {
    signature: 'app.set_usage_cost()',
    create: `create function app.set_usage_cost() returns trigger language plpgsql as $$
begin
  new.total_cost := round(new.total_cost_micros / 1000000.0, 4);
  return new;
end $$`,
    executedBy: [],
  },
];

/* What the tenant role may not do by itself. Owner's rights, with a search path that no session can change. */
const OWNERS_RIGHTS: readonly FrozenFunction[] = [
  {
    signature: 'app.shares_organization(uuid)',
    create: `create function app.shares_organization(p_user uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (
    select from app.organization_user m where m.org_id = app.current_org_id() and m.user_id = p_user
  );
end $$`,
    executedBy: ['app_tenant'],
  },
  {
    // The id is a UUIDv7: 48 bits of milliseconds, version 7, the rest random. PostgreSQL has a function for it from 18 on only.
    signature: 'app.write_audit(text, text, text, jsonb)',
    create: `create function app.write_audit(p_action text, p_subject_type text, p_subject_id text, p_changes jsonb) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_id uuid := encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
    from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;
begin
  if app.current_org_id() is null then
    raise exception 'The audit log belongs to an organization, and none is entered' using errcode = 'PL001';
  end if;
  insert into app.audit_log (id, org_id, actor_type, actor_id, action, subject_type, subject_id, changes, request_id)
  values (v_id, app.current_org_id(), coalesce(app.current_actor_type(), 'SYSTEM'), app.current_actor_id(),
    p_action, p_subject_type, p_subject_id, p_changes, app.current_request_id());
  return v_id;
end $$`,
    executedBy: ['app_tenant'],
  },
];

const ALL: readonly FrozenFunction[] = [...CONTEXT_READERS, ...ENTERING, ...TRIGGERS, ...OWNERS_RIGHTS];

/** Makes every function, closes it to PUBLIC and opens it to its callers. Run in this order, as `app_owner`. */
export const INITIAL_FUNCTIONS_UP: readonly string[] = ALL.flatMap(({ signature, create, executedBy }) => [
  create,
  `revoke all on function ${signature} from public`,
  ...(executedBy.length > 0 ? [`grant execute on function ${signature} to ${executedBy.join(', ')}`] : []),
]);

/** Drops every function, last first. Run after the tables that use them are gone. */
export const INITIAL_FUNCTIONS_DOWN: readonly string[] = ALL.map(({ signature }) => `drop function ${signature}`).reverse();
