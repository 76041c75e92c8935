import { setTimeout } from 'node:timers/promises';

const ASK_AGAIN_AFTER_MS = 100;

/** Asks again until `expectation` no longer fails; fails as it did last where that takes longer than `withinMs`. */
export async function eventually(expectation: () => Promise<void>, withinMs = 5_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (performance.now() >= deadline) throw error;
    }
    await setTimeout(ASK_AGAIN_AFTER_MS);
  }
}
