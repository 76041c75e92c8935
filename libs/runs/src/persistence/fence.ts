/**
 * The fence of a run: turn × 1,000,000 + how often it was taken over in that turn. A turn begins each time the run is queued: when it
 * is made, when a question is answered, when a nested run has ended.
 */
export const TAKEOVERS_IN_A_TURN = 1_000_000;

/** The turn after the one that a run with this fence is in. */
export function nextTurn(fence: string | number): number {
  return Math.floor(Number(fence) / TAKEOVERS_IN_A_TURN) + 1;
}
