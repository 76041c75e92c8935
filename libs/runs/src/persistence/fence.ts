/**
 * The fence of a run: turn × 1,000,000 + how often it was taken over in that turn. A turn begins each time the run is queued: when it
 * is made, when a question is answered, when a nested run has ended. Whatever begins a turn sets the fence in its own transaction, so
 * that nobody who sees what the run has waited for is still in the turn before.
 */
export const TAKEOVERS_IN_A_TURN = 1_000_000;

/** SQL: the first fence of the turn after the one that a run is in; `fence` is SQL. */
export const nextTurnOf = (fence: string): string => `(${fence} / ${TAKEOVERS_IN_A_TURN} + 1) * ${TAKEOVERS_IN_A_TURN}`;

/** The turn that a run with this fence is in. */
export function turnOf(fence: string | number): number {
  return Math.floor(Number(fence) / TAKEOVERS_IN_A_TURN);
}
