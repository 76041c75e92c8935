import { createLogger } from '#database';
import type { CounterStore, Increment } from './rate-limit-store.js';
import { SharedLimiter } from './shared-limiter.js';

/** Counters in memory that answer when they are told to. */
class FakeStore implements CounterStore {
  readonly totals = new Map<string, number>();
  calls: (readonly Increment[])[] = [];
  failure: Error | undefined;

  async add(increments: readonly Increment[]): Promise<ReadonlyMap<string, number>> {
    await Promise.resolve();
    if (this.failure !== undefined) throw this.failure;
    this.calls.push(increments);
    for (const { key, points } of increments) this.totals.set(key, (this.totals.get(key) ?? 0) + points);
    return new Map(increments.map(({ key }) => [key, this.totals.get(key) ?? 0]));
  }

  forgetExpired(): Promise<void> {
    return Promise.resolve();
  }
}

let store: FakeStore;
let now: number;
beforeEach(() => {
  store = new FakeStore();
  now = 6_000_000;
});

const limiter = (options: object = {}): SharedLimiter =>
  new SharedLimiter(store, { now: () => now, exchangeEveryMs: 1, logger: createLogger('test'), ...options });
const admitted = (from: SharedLimiter, limit: number, attempts: number, subject = 'a'): number =>
  Array.from({ length: attempts }, () => from.take(subject, limit)).filter(({ allowed }) => allowed).length;

/** Resolves when the store has been asked once more. */
async function exchanged(times: number): Promise<void> {
  while (store.calls.length < times) await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setImmediate(resolve));
}

describe('limits shared by processes', () => {
  it('one process never admits more than the limit, and writes once for many requests', async () => {
    const one = limiter();
    expect(admitted(one, 10, 25)).toBe(10);
    expect(one.take('a', 10)).toEqual({ allowed: false, remaining: 0, resetSeconds: 60 });
    expect(one.take('b', 10)).toMatchObject({ allowed: true, remaining: 9 });
    await exchanged(1);
    expect(store.calls).toHaveLength(1);
    expect([...store.totals.values()]).toEqual([10, 1]);
    await one.close();
  });

  it('another process learns of it with its first exchange: beyond the limit comes only what it took until then', async () => {
    const [one, other] = [limiter(), limiter()];
    expect(admitted(one, 10, 20)).toBe(10);
    await exchanged(1);
    expect(admitted(other, 10, 3)).toBe(3);
    await exchanged(2);
    expect(admitted(other, 10, 5)).toBe(0);
    await Promise.all([one.close(), other.close()]);
  });

  it('begins anew with the next window', async () => {
    const one = limiter();
    expect(admitted(one, 5, 9)).toBe(5);
    now += 60_000;
    expect(admitted(one, 5, 9)).toBe(5);
    await one.close();
  });

  it('counts attempts exactly, whichever process takes them', async () => {
    const [one, ...others] = [limiter(), limiter(), limiter()];
    const taken = await Promise.all([one, ...others].flatMap((process) => Array.from({ length: 10 }, () => process.takeExactly('a', 7))));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(7);
    const before = store.calls.length;
    expect(await one.takeExactly('a', 7)).toMatchObject({ allowed: false });
    expect(store.calls).toHaveLength(before);
  });

  it('goes on by itself while the store fails, loses nothing, and says so once', async () => {
    const warnings: string[] = [];
    const logger = createLogger('test');
    logger.warn = (_fields: object, text?: string) => void warnings.push(text ?? '');
    const one = limiter({ logger });
    store.failure = new Error('unreachable');
    expect(await one.takeExactly('x', 1)).toMatchObject({ allowed: true });
    expect(await one.takeExactly('x', 1)).toMatchObject({ allowed: true });
    expect(admitted(one, 4, 6)).toBe(4);
    await one.close();
    store.failure = undefined;
    await one.close();
    expect([...store.totals.values()]).toEqual([4]);
    expect(warnings).toHaveLength(1);
  });

  it('keeps a bounded number of subjects', async () => {
    const one = limiter({ capacity: 100, exchangeEveryMs: 60_000 });
    for (let index = 0; index < 10_000; index += 1) one.take(`subject ${index}`, 5);
    await one.close();
    expect(store.totals.size).toBe(100);
  });
});
