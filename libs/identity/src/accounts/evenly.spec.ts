import { setTimeout as pause } from 'node:timers/promises';
import { evenly } from './evenly.js';

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work().catch(() => undefined);
  return performance.now() - began;
}

describe('evenly', () => {
  it.each([
    ['quick work', async () => undefined],
    ['slower work', () => pause(30)],
    ['work that fails', async () => Promise.reject(new Error('no'))],
  ])('%s is answered after 100 ms', async (_name, work) => {
    const took = await timed(() => evenly(work));
    // A timer may fire a fraction of a millisecond early.
    expect(took).toBeGreaterThanOrEqual(98);
  });

  it('work of more than 100 ms is answered after 200 ms', async () => {
    expect(await timed(() => evenly(() => pause(110)))).toBeGreaterThanOrEqual(198);
  });

  it('hands on what the work gave, or threw', async () => {
    await expect(evenly(async () => 'given')).resolves.toBe('given');
    await expect(evenly(async () => Promise.reject(new Error('thrown')))).rejects.toThrow('thrown');
  });
});
