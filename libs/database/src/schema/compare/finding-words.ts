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

/** By `kind.attribute`, `kind.missing` and `kind.extra`. Where it depends on the difference, a function. */
export type FindingRules = Readonly<Record<string, FindingWords | ((difference: Difference) => FindingWords)>>;
