import type { RunStatus } from '#database';

/** What can happen to a run. */
export type RunTrigger = 'TAKE' | 'ASK' | 'ANSWER' | 'COMPLETE' | 'FAIL' | 'CANCEL';

/**
 * The state of a run × what happens to it → its next state. What is not here does not happen; the database refuses it as well
 * (SQLSTATE PL005). A run that a worker takes over while it is RUNNING stays so: only its fence moves.
 */
export const RUN_TRANSITIONS: Readonly<Record<RunStatus, Readonly<Partial<Record<RunTrigger, RunStatus>>>>> = {
  QUEUED: { TAKE: 'RUNNING', FAIL: 'FAILED', CANCEL: 'CANCELLED' },
  RUNNING: { ASK: 'WAITING_INPUT', COMPLETE: 'COMPLETED', FAIL: 'FAILED', CANCEL: 'CANCELLED' },
  WAITING_INPUT: { ANSWER: 'QUEUED', FAIL: 'FAILED', CANCEL: 'CANCELLED' },
  COMPLETED: {},
  FAILED: {},
  CANCELLED: {},
};

/** Whether a run in this state has ended. */
export function hasEnded(status: RunStatus): boolean {
  return Object.keys(RUN_TRANSITIONS[status]).length === 0;
}

/** The states from which this can happen. */
export function statesBefore(trigger: RunTrigger): RunStatus[] {
  return RUN_STATES.filter((status) => RUN_TRANSITIONS[status][trigger] !== undefined);
}

const RUN_STATES = ['QUEUED', 'RUNNING', 'WAITING_INPUT', 'COMPLETED', 'FAILED', 'CANCELLED'] as const satisfies readonly RunStatus[];
