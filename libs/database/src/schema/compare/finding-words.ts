import type { Difference } from './difference.js';
import type { DriftClass, Severity } from './finding.js';

/** What is said of one kind of difference. */
export interface FindingWords {
  /** Stable, such as `POLICY_USING_CHANGED`. */
  readonly code: string;
  readonly driftClass: DriftClass;
  readonly severity: Severity;
  /** What it means and why it matters, in a sentence or two. */
  readonly explain: string;
}

/** Where it depends on the difference: everything that may be said, and what is said of this one. */
export interface ChosenWords {
  readonly among: readonly FindingWords[];
  readonly choose: (difference: Difference) => FindingWords;
}

/** By `kind.attribute`, `kind.missing` and `kind.extra`; `kind.*` for every other attribute. */
export type FindingRules = Readonly<Record<string, FindingWords | ChosenWords>>;

/** Words that depend on the difference: one of a table, so that docs/schema-findings.md knows them all. */
export function chosen<Name extends string>(table: Readonly<Record<Name, FindingWords>>, choose: (difference: Difference) => Name): ChosenWords {
  return { among: Object.values<FindingWords>(table), choose: (difference) => table[choose(difference)] };
}

/** Everything that a rule may say. */
export function wordsOfRule(rule: FindingRules[string]): readonly FindingWords[] {
  return 'among' in rule ? rule.among : [rule];
}
