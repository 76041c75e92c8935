import type { RepairStep } from '../plan/repair-step.js';

/** A step that PostgreSQL refused, and so was not done. */
export interface StepFailure {
  readonly step: RepairStep;
  /** SQLSTATE, where PostgreSQL gave one. */
  readonly sqlState: string | undefined;
  readonly reason: string;
}

/** What running a plan gave. */
export interface RunResult {
  readonly done: readonly RepairStep[];
  readonly failed: readonly StepFailure[];
  /** Steps that were not tried, since what they build on failed. */
  readonly skipped: readonly RepairStep[];
}
