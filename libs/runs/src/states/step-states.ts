import type { StepStatus } from '#database';

/** What can happen to a step. */
export type StepTrigger = 'BEGIN' | 'COMPLETE' | 'FAIL' | 'SKIP' | 'CANCEL';

/** The state of a step × what happens to it → its next state; the database refuses everything else (SQLSTATE PL005). */
export const STEP_TRANSITIONS: Readonly<Record<StepStatus, Readonly<Partial<Record<StepTrigger, StepStatus>>>>> = {
  PENDING: { BEGIN: 'RUNNING', SKIP: 'SKIPPED', CANCEL: 'CANCELLED' },
  RUNNING: { COMPLETE: 'COMPLETED', FAIL: 'FAILED', CANCEL: 'CANCELLED' },
  COMPLETED: {},
  FAILED: {},
  SKIPPED: {},
  CANCELLED: {},
};
