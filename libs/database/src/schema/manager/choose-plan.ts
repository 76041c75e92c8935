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
  const chosen = new Set((only === undefined ? all : chosenKeys(look, only)).filter((key) => !without.includes(key)));
  const isRefused = ({ loses, administrator }: RepairStep): boolean => (loses !== null && !mayLose) || (administrator && !hasAdministrator);
  const planOf = (keys: ReadonlySet<string>): Planned => {
    const target = keys.size === new Set(all).size ? look.expected : partlyExpected(look.actual, look.expected, keys);
    const steps = planSteps(look.actual, target);
    return { steps, target, refused: steps.filter(isRefused) };
  };
  const { keys, steps, target } = planPermitted(chosen, planOf);
  return { steps, target, leaves: all.filter((key) => !keys.has(key)) };
}

interface Planned {
  readonly steps: readonly RepairStep[];
  readonly target: Catalogue;
  readonly refused: readonly RepairStep[];
}

/** Plans again without what may not be done, until all of the plan may. */
function planPermitted(chosen: ReadonlySet<string>, planOf: (keys: ReadonlySet<string>) => Planned): Planned & { readonly keys: ReadonlySet<string> } {
  for (let keys = chosen; ;) {
    const planned = planOf(keys);
    if (planned.refused.length === 0) return { ...planned, keys };
    const fewer = permitted(keys, planned, planOf);
    if (fewer.size === keys.size) return { ...planned, steps: [], keys };
    keys = fewer;
  }
}

function permitted(keys: ReadonlySet<string>, { refused }: Planned, planOf: (keys: ReadonlySet<string>) => Planned): ReadonlySet<string> {
  const about = new Set(refused.flatMap((step) => step.about));
  const kept = new Set([...keys].filter((key) => !about.has(key)));
  if (kept.size < keys.size) return kept;
  // The refused steps are about something that a wanted change needs out of its way: which one it is, each by itself says.
  return new Set([...keys].filter((key) => planOf(new Set([key])).refused.length === 0));
}

function chosenKeys(look: Look, only: readonly string[]): string[] {
  const findings = findingsOf(look);
  const unknown = only.filter((name) => !findings.some(({ key, code }) => key === name || code === name));
  if (unknown.length > 0) throw new NoSuchFindingError(unknown);
  return findings.filter(({ key, code }) => only.includes(key) || only.includes(code)).map(({ key }) => key);
}
