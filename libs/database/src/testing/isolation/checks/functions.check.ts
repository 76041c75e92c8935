import { withAdmin } from '../../admin.js';
import type { Finding } from '../findings.js';
import { INSUFFICIENT_PRIVILEGE } from '../sql-states.js';
import type { Entry, Outcome, World } from '../world.js';
import { describeOutcome, ownEntry, verdictOfRefusal, type IsolationCheck } from './check.js';

/** What an organization may call, each reviewed: it tells or changes nothing beyond the entered organization. */
const TENANT_MAY_CALL: ReadonlySet<string> = new Set([
  'current_org_id()',
  'current_actor_type()',
  'current_actor_id()',
  'current_user_id()',
  'current_request_id()',
  'shares_organization(uuid)', // whether somebody is a member of the entered organization
  'write_audit(text, text, text, jsonb)', // one row, whose organization and actor the transaction says
]);

/** What the services' login may call before it has entered: entering itself, and the queue's lag in numbers, for health. */
const LOGIN_MAY_CALL: ReadonlySet<string> = new Set(['enter_tenant(uuid, text, uuid, text, integer, integer, integer)', 'queue_lag()']);

/** The one search path that leaves a caller nothing to put in front: built-in names first, temporary ones last. */
const SAFE_SEARCH_PATH = 'search_path=pg_catalog, pg_temp';

interface FunctionRow {
  readonly signature: string;
  /** The call, every argument a typed null. */
  readonly call: string;
  /** Who may execute it, by the catalogue. */
  readonly callers: readonly string[];
  readonly definer: boolean;
  readonly owner: string;
  readonly settings: readonly string[];
}

const FUNCTIONS = `
select format('%s(%s)', p.proname, pg_catalog.oidvectortypes(p.proargtypes)) as signature, p.prosecdef as definer, pg_get_userbyid(p.proowner) as owner,
  coalesce(p.proconfig, '{}') as settings,
  array(select r from unnest(array['app_tenant', 'app_login']) r where has_function_privilege(r, p.oid, 'EXECUTE')) as callers,
  format('%s app.%I(%s)', case p.prokind when 'p' then 'call' else 'select' end, p.proname,
    (select string_agg(format('null::%s', format_type(t, null)), ', ' order by o) from unnest(p.proargtypes::oid[]) with ordinality a (t, o))) as call
from pg_catalog.pg_proc p where p.pronamespace = 'app'::regnamespace order by 1`;

interface RelationRow {
  readonly name: string;
  readonly kind: 'sequence' | 'view';
  readonly invoker: boolean;
}

const RELATIONS = `
select c.relname as name, case c.relkind when 'S' then 'sequence' else 'view' end as kind, coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false) as invoker
from pg_catalog.pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('S', 'v', 'm') order by 1`;

/** Every function is reviewed or refused; owner's rights only with a fixed search path; sequences are nobody's to read; views look with the caller's eyes. */
export const functionsCheck: IsolationCheck = {
  name: 'functions',
  async run(world) {
    const { functions, relations } = await withAdmin(world.database.urls.admin, async (admin) => ({
      functions: (await admin.query<FunctionRow>(FUNCTIONS)).rows,
      relations: (await admin.query<RelationRow>(RELATIONS)).rows,
    }));
    return [
      ...missing(functions),
      ...(await calls(world, functions, ownEntry(world), 'app_tenant', TENANT_MAY_CALL)),
      ...(await calls(world, functions, { as: 'nobody' }, 'app_login', LOGIN_MAY_CALL)),
      ...functions.filter(({ definer }) => definer).map(ownersRights),
      ...(await sequences(
        world,
        relations.filter(({ kind }) => kind === 'sequence'),
      )),
      ...relations.filter(({ kind }) => kind === 'view').map(view),
    ];
  },
};

/** A name on a list that no function has would open the next function of that name unseen. */
function missing(functions: readonly FunctionRow[]): Finding[] {
  const known = new Set(functions.map(({ signature }) => signature));
  return [...TENANT_MAY_CALL, ...LOGIN_MAY_CALL]
    .filter((signature) => !known.has(signature))
    .map((object) => ({ check: 'functions', object, attack: 'reviewed, but not there', verdict: 'unknown', expected: 'a function', actual: 'none' }));
}

async function calls(world: World, functions: readonly FunctionRow[], entry: Entry, caller: string, allowed: ReadonlySet<string>): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { signature, call, callers } of functions) {
    if (allowed.has(signature)) continue;
    const outcome = await world.attack(entry, call);
    // A function that was entered may be refused what it wants to do, with the same code: the catalogue tells the two apart.
    const isRefused = verdictOfRefusal(outcome, [INSUFFICIENT_PRIVILEGE]) === 'held' && !callers.includes(caller);
    findings.push({
      check: 'functions',
      object: signature,
      attack: `called as ${caller}, unreviewed`,
      verdict: isRefused ? 'held' : 'broken',
      expected: INSUFFICIENT_PRIVILEGE,
      actual: describeOutcome(outcome),
    });
  }
  return findings;
}

function ownersRights({ signature, owner, settings }: FunctionRow): Finding {
  const path = settings.find((setting) => setting.startsWith('search_path=')) ?? 'no search path';
  return {
    check: 'functions',
    object: signature,
    attack: "owner's rights under a caller's names",
    expected: `app_owner, ${SAFE_SEARCH_PATH}`,
    actual: `${owner}, ${path}`,
    verdict: owner === 'app_owner' && path === SAFE_SEARCH_PATH ? 'held' : 'broken',
  };
}

async function sequences(world: World, relations: readonly RelationRow[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name } of relations) {
    const attacks: readonly [string, string][] = [
      ['read', `select last_value from app.${name}`],
      ['take a number', `select nextval('app.${name}')`],
      ['move', `select setval('app.${name}', 1)`],
    ];
    for (const [attack, text] of attacks) {
      const outcome: Outcome = await world.attack(ownEntry(world), text);
      findings.push({
        check: 'functions',
        object: name,
        attack,
        verdict: verdictOfRefusal(outcome, [INSUFFICIENT_PRIVILEGE]),
        expected: INSUFFICIENT_PRIVILEGE,
        actual: describeOutcome(outcome),
      });
    }
  }
  return findings;
}

function view({ name, invoker }: RelationRow): Finding {
  return {
    check: 'functions',
    object: name,
    attack: "rows through the view's owner",
    verdict: invoker ? 'held' : 'broken',
    expected: 'security_invoker',
    actual: invoker ? 'security_invoker' : "the owner's rights",
  };
}
