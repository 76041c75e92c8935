import type { DraftStep } from './draft-step.js';

/**
 * Which transaction each step belongs to, from 1; null for one that refuses to run in any. Transactions are as short as they may be:
 * what must commit together does, with everything that stands in between, and everything else is cut apart.
 */
export function transactionsOf(steps: readonly DraftStep[]): (number | null)[] {
  const last = lastPlaces(steps);
  let current = 0;
  let openUntil = -1;
  return steps.map((step, place) => {
    if (!step.transactional) {
      openUntil = -1;
      return null;
    }
    if (place > openUntil) current += 1;
    const end = step.together === null ? place : (last.get(step.together) ?? place);
    openUntil = Math.max(openUntil, end, place);
    return current;
  });
}

function lastPlaces(steps: readonly DraftStep[]): ReadonlyMap<string, number> {
  return new Map(steps.flatMap(({ together }, place) => (together === null ? [] : [[together, place] as const])));
}
