import type { Finding } from '../findings.js';
import type { World } from '../world.js';
import { INSUFFICIENT_PRIVILEGE } from '../sql-states.js';
import { describeOutcome, ownEntry, verdictOfRefusal, type IsolationCheck } from './check.js';

/** PL002: app.enter_tenant refuses a connection on which an organization is already entered. */
const ALREADY_ENTERED = 'PL002';
/** Functions that run SQL from a text run what reads, and nothing else: no utility statement, and no cursor over one. */
const READS_ONLY = ['0A000', '42P11'];

/** Ways in which one injected statement could change who it runs as. */
function escapes({ other }: World): readonly [string, string][] {
  return [
    ['set_config of the organization', `select set_config('app.current_org_id', '${other.orgId}', true)`],
    [
      'set_config in a CTE before the read',
      `with x as materialized (select set_config('app.current_org_id', '${other.orgId}', true)) select a.* from x, app.agent a`,
    ],
    ['set_config of the role', `select set_config('role', 'app_admin', true)`],
    ['update of pg_settings', `update pg_settings set setting = '${other.orgId}' where name = 'app.current_org_id'`],
    ['SET ROLE app_admin', 'set role app_admin'],
    ['SET ROLE app_auth', 'set role app_auth'],
    ['SET ROLE app_owner', 'set role app_owner'],
    ['SET ROLE app_queue', 'set role app_queue'],
    ['entering a second organization', `select app.enter_tenant('${other.orgId}', 'USER', null, 'x', 1000, 1000, 1000)`],
    ['entering as administrator', `select app.enter_admin('x', 'x', 1000, 1000, 1000)`],
    ['entering sign-in', `select app.enter_auth(null, 'x', 1000, 1000, 1000)`],
    ['a temporary table', 'create temp table job (id int)'],
    ['a large object', 'select lo_create(0)'],
    ['reading a large object', 'select lo_get(1)'],
    ['making a function', 'create function app.f() returns int language sql as $$ select 1 $$'],
    ['making a table in public', 'create table public.t (id int)'],
    ['SET ROLE inside a function that runs SQL', `select query_to_xml('set role app_admin', true, true, '')`],
    ['naming an organization inside a function that runs SQL', `select query_to_xml('set local app.current_org_id = ''${other.orgId}''', true, true, '')`],
    ['RESET ROLE inside a function that runs SQL', `select * from ts_stat('reset role')`],
    ['a lock that outlives the transaction', 'select pg_advisory_lock(1)'],
    ['a lock that outlives the transaction, without waiting', 'select pg_try_advisory_lock_shared(1, 1)'],
    ["the lock of the queue's claims", `select pg_advisory_xact_lock(hashtext('plinth_job_claim'))`],
    ['ending a connection', `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app_login'`],
    ['cancelling a statement', `select pg_cancel_backend(pid) from pg_stat_activity where usename = 'app_login'`],
  ];
}

/** SET ROLE, set_config, pg_settings and the like from inside a statement; and what would disturb the sessions of others. */
export const escapesCheck: IsolationCheck = {
  name: 'escapes',
  async run(world) {
    const findings: Finding[] = [];
    for (const [attack, text] of escapes(world)) {
      const outcome = await world.attack(ownEntry(world), text);
      findings.push({
        check: 'escapes',
        object: 'connection',
        attack,
        expected: INSUFFICIENT_PRIVILEGE,
        actual: describeOutcome(outcome),
        verdict: verdictOfRefusal(outcome, [INSUFFICIENT_PRIVILEGE, ALREADY_ENTERED, ...READS_ONLY]),
      });
    }
    return findings;
  },
};
