import { encodeId, plan, type Action, type LockClass } from '@supabase/pg-delta';
import type { Catalogue } from '../catalogue.js';
import { aligned } from './aligned.js';
import type { LockMode } from '../own/own-fact-kind.js';

/** One statement of the library's plan, in our own words. */
export interface EngineAction {
  readonly sql: string;
  readonly verb: 'create' | 'alter' | 'drop';
  /** The facts it makes, changes and drops: the first is what it is about. */
  readonly about: readonly [string, ...string[]];
  readonly creates: readonly string[];
  readonly drops: readonly string[];
  readonly lock: LockMode;
  readonly transactional: boolean;
  /** Whether it drops what holds values. */
  readonly destructive: boolean;
  /** Whether it may write every row again. */
  readonly mayRewrite: boolean;
}

const LOCKS: Readonly<Record<LockClass, LockMode>> = {
  none: 'NONE',
  share: 'SHARE',
  shareRowExclusive: 'SHARE ROW EXCLUSIVE',
  shareUpdateExclusive: 'SHARE UPDATE EXCLUSIVE',
  accessExclusive: 'ACCESS EXCLUSIVE',
};

/** What leads from one catalogue to another, in an order in which it can run. @throws what the library says of a change it cannot plan */
export function engineActions(from: Catalogue, to: Catalogue): EngineAction[] {
  const assumedRoles = [...new Set([...from.engine.roles, ...to.engine.roles])];
  const sides = aligned(from, to);
  return plan(sides.from, sides.to, { scope: 'database', assumedRoles }).actions.map(toEngineAction);
}

function toEngineAction(action: Action): EngineAction {
  const creates = action.produces.map(encodeId);
  const drops = action.destroys.map(encodeId);
  const touched = [...creates, ...drops];
  // What an action only changes is the first thing that it reads; it may make or drop something by the way: the sequence of an identity.
  const changed = touched.length === 0 || action.verb === 'alter' ? action.consumes.slice(0, 1).map(encodeId) : [];
  const [first = 'schema:app', ...others] = [...changed, ...touched];
  return {
    sql: action.sql.trim(),
    verb: action.verb,
    about: [first, ...others],
    creates,
    drops,
    lock: LOCKS[action.lockClass],
    transactional: action.transactionality === 'transactional',
    destructive: action.dataLoss === 'destructive',
    mayRewrite: action.rewriteRisk,
  };
}
