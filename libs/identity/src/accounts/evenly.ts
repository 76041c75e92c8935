import { setTimeout as pause } from 'node:timers/promises';

/** Answers come at whole multiples of this. What may differ between two branches is far below it. */
const STEP_MS = 100;

/**
 * Runs `work` and settles with its outcome at the next whole multiple of 100 ms since it began, so that the time of an answer
 * does not tell which branch was taken.
 */
export async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    const took = performance.now() - began;
    await pause(Math.ceil(took / STEP_MS) * STEP_MS - took);
  }
}
