import type { Finding, Verdict } from '../findings.js';
import { INSUFFICIENT_PRIVILEGE } from '../sql-states.js';
import type { Entry, Outcome, World } from '../world.js';

/** One kind of attack, run over everything it applies to. Adding a check is adding a file with this shape. */
export interface IsolationCheck {
  readonly name: string;
  run(world: World): Promise<Finding[]>;
}

/** The organization whose side the attacker is on. */
export function ownEntry(world: World): Entry {
  return { as: 'tenant', orgId: world.own.orgId, userId: world.own.userId };
}

/** In one line, what a statement led to. */
export function describeOutcome(outcome: Outcome): string {
  return outcome.kind === 'done' ? `${outcome.count} rows` : `${outcome.sqlState} ${outcome.message}`;
}

/** Whether `outcome` touched no row: nothing found, or refused for want of a privilege. Another error proves nothing. */
export function verdictOfNoRows(outcome: Outcome): Verdict {
  if (outcome.kind === 'done') return outcome.count === 0 ? 'held' : 'broken';
  return outcome.sqlState === INSUFFICIENT_PRIVILEGE ? 'held' : 'unknown';
}

/** Whether PostgreSQL refused with one of `sqlStates`. */
export function verdictOfRefusal(outcome: Outcome, sqlStates: readonly string[]): Verdict {
  if (outcome.kind === 'done') return 'broken';
  return sqlStates.includes(outcome.sqlState) ? 'held' : 'unknown';
}
