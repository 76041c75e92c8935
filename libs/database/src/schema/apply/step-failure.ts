import { sqlStateOf } from '../../errors.js';
import type { RepairStep } from '../plan/repair-step.js';

/** A step that PostgreSQL refused, and so was not done. */
export interface StepFailure {
  readonly step: RepairStep;
  /** SQLSTATE, where PostgreSQL gave one. */
  readonly sqlState: string | undefined;
  readonly reason: string;
  /** The session ended with it: nothing after it was tried. Whether a COMMIT that was under way came through, only a new look can say. */
  readonly sessionLost: boolean;
}

/** What running a plan gave. */
export interface RunResult {
  readonly done: readonly RepairStep[];
  readonly failed: readonly StepFailure[];
  /** Steps that were not tried, since what they build on failed. */
  readonly skipped: readonly RepairStep[];
}

export function failureOf(step: RepairStep, error: unknown, sessionLost: boolean): StepFailure {
  return { step, sqlState: stateOf(error), reason: sessionLost ? `the session was lost: ${reasonOf(error)}` : reasonOf(error), sessionLost };
}

/** PostgreSQL's own code, also where an error of ours tells of it. */
function stateOf(error: unknown): string | undefined {
  return sqlStateOf(error) ?? (error instanceof Error ? sqlStateOf(error.cause) : undefined);
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const detail = 'detail' in error && typeof error.detail === 'string' ? ` ${error.detail}` : '';
  return `${error.message.replace(/\.$/, '')}.${detail}`;
}
