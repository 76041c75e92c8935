import { setTimeout as pause } from 'node:timers/promises';

/** Asks again every 20 ms until the answer is true. @throws Error after ten seconds */
export async function untilTrue(ask: () => Promise<boolean>): Promise<void> {
  const started = performance.now();
  while (!(await ask())) {
    if (performance.now() - started > 10_000) throw new Error(`Not true within ten seconds: ${ask.toString()}`);
    await pause(20);
  }
}
