import type { LockMode } from '../catalogue/own/own-fact-kind.js';

/** One step of a repair. Steps of the same `transaction` commit together. */
export interface RepairStep {
  /** Place in the plan, from 1. */
  readonly number: number;
  readonly sql: string;
  /** Keys of the facts it is about. */
  readonly about: readonly string[];
  /** Which transaction it belongs to, from 1; null for a statement that refuses to run in one. */
  readonly transaction: number | null;
  /** The strongest lock it takes on a table that exists, and on which. */
  readonly lock: LockMode;
  readonly table: string | null;
  /** Whether it writes every row again. */
  readonly rewrite: boolean;
  /** What values it can lose, in words; null: none. */
  readonly loses: string | null;
  /** Whether it takes an administrator: roles, settings and what belongs to somebody else are not app_owner's to change. */
  readonly administrator: boolean;
  /** After a rehearsal: whether this step was part of it. Roles and settings never are, nor what a clone could not be given. */
  readonly rehearsed?: boolean;
}

/** What would be done, in order. */
export interface RepairPlan {
  readonly steps: readonly RepairStep[];
  /** Findings that only a person can repair. */
  readonly manual: readonly string[];
}
