import type { LockMode } from '../../catalogue/own/own-fact-kind.js';
import type { DriftClass, Severity } from '../../compare/finding.js';

/**
 * Who can repair it:
 * `owner`: `fixSchema()` as app_owner;
 * `destructive`: `fixSchema()` too, but values may go, so that it takes the flag, the setting and a receipt;
 * `administrator`: the finding's own statements, run by a superuser, since app_owner may not;
 * `manual`: nobody but a person who knows what was meant.
 */
export type RepairedBy = 'owner' | 'destructive' | 'administrator' | 'manual';

/** The finding that the comparison must have. */
export interface ExpectedFinding {
  readonly key: string;
  /** Absent where the whole object is missing or extra. */
  readonly attribute?: string;
  readonly driftClass: DriftClass;
  readonly severity?: Severity;
  /** Each must be in what the operator reads: the explanation, what it should be and what it is. */
  readonly words: readonly RegExp[];
}

/** One way in which a schema drifts, as data. */
export interface DriftCase {
  /** What was done to the schema; unique among the cases of its kind. */
  readonly name: string;
  /** Statements that do it. Each in its own transaction, on one connection. */
  readonly breaks: readonly string[];
  /** Who does it. Default: app_owner. */
  readonly by?: 'owner' | 'admin';
  /** Run before, as the superuser: rows that the case needs. */
  readonly rows?: readonly string[];
  /** The first major version of PostgreSQL that can be broken in this way. */
  readonly since?: number;
  readonly finds: ExpectedFinding;
  /** `key` or `key attribute` of what necessarily comes with it. */
  readonly alsoFinds?: readonly string[];
  readonly repair: RepairedBy;
  /** What the plan must say of the steps that repair it: the strongest lock, whether rows are written again, what is lost. */
  readonly plan?: { readonly lock?: LockMode; readonly rewrite?: boolean; readonly loses?: RegExp };
  /** Makes the thing anew, so that nothing else about it can be broken beside it. */
  readonly anew?: true;
  /** Breaks so much that no other case can be broken beside it. */
  readonly alone?: true;
  /** Statements of a superuser that end a case which nothing repairs, or that take back `rows`. */
  readonly undo?: readonly string[];
}

/** The cases of one kind of object. */
export interface DriftCases {
  readonly kind: string;
  readonly cases: readonly DriftCase[];
}

/** A change that leaves the schema what it was: nothing may be found. */
export interface SameCase {
  readonly name: string;
  readonly does: readonly string[];
  /** Default: app_owner. */
  readonly by?: 'owner' | 'admin';
  readonly since?: number;
  /** As the superuser, after the look. */
  readonly undo?: readonly string[];
}
