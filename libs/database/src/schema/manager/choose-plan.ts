import type { Catalogue } from '../catalogue/catalogue.js';
import { partlyExpected } from '../catalogue/engine/partial.js';
import { NoSuchFindingError } from '../errors.js';
import { planSteps } from '../plan/plan-steps.js';
import type { RepairStep } from '../plan/repair-step.js';
import type { Look } from './look.js';
import { findingsOf } from './report.js';

export interface ChosenPlan {
  readonly steps: readonly RepairStep[];
  /** What the database shall look like afterwards. */
  readonly target: Catalogue;
  /** Keys of findings that the plan leaves: not asked for, able to lose values, or an administrator's. */
  readonly leaves: readonly string[];
}

export interface Choice {
  /** Keys or codes of findings; without it all. */
  readonly only?: readonly string[];
  /** Keys of findings that were tried and cannot be repaired. */
  readonly without?: readonly string[];
  readonly mayLose: boolean;
  readonly hasAdministrator: boolean;
}

/**
 * The plan for what was asked for. Steps that may not run are left out together with what they are about, and the rest is planned anew,
 * so that nothing half-done is planned.
 * @throws NoSuchFindingError
 */
export function choosePlan(look: Look, { only, without = [], mayLose, hasAdministrator }: Choice): ChosenPlan {
  const all = look.differences.map(({ fact }) => fact.key);
  let keys = new Set((only === undefined ? all : chosenKeys(look, only)).filter((key) => !without.includes(key)));
  for (;;) {
    const target = keys.size === new Set(all).size ? look.expected : partlyExpected(look.actual, look.expected, keys);
    const steps = planSteps(look.actual, target);
    const refused = steps.filter(({ loses, administrator }) => (loses !== null && !mayLose) || (administrator && !hasAdministrator));
    const kept = new Set([...keys].filter((key) => !refused.some(({ about }) => about.includes(key))));
    if (refused.length === 0 || kept.size === keys.size)
      return { steps: refused.length === 0 ? steps : [], target, leaves: all.filter((key) => !keys.has(key)) };
    keys = kept;
  }
}

function chosenKeys(look: Look, only: readonly string[]): string[] {
  const findings = findingsOf(look);
  const unknown = only.filter((name) => !findings.some(({ key, code }) => key === name || code === name));
  if (unknown.length > 0) throw new NoSuchFindingError(unknown);
  return findings.filter(({ key, code }) => only.includes(key) || only.includes(code)).map(({ key }) => key);
}
