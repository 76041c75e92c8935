import { ShortCache } from './short-cache.js';

const SOME_TIME_MS = 60_000;

describe('a short cache', () => {
  it('reads once for all who ask while it is read, and while it is fresh', async () => {
    const cache = new ShortCache<number>(10, SOME_TIME_MS);
    let reads = 0;
    const read = () => Promise.resolve(++reads);
    expect(await Promise.all([cache.of('a', read), cache.of('a', read)])).toEqual([1, 1]);
    expect(await cache.of('a', read)).toBe(1);
    expect(await cache.of('b', read)).toBe(2);
  });

  it('reads again what is as old as it may become, counted from before the read', async () => {
    const cache = new ShortCache<number>(10, 0);
    let reads = 0;
    const read = () => Promise.resolve(++reads);
    expect([await cache.of('a', read), await cache.of('a', read)]).toEqual([1, 2]);
  });

  it('does not keep a read that failed', async () => {
    const cache = new ShortCache<number>(10, SOME_TIME_MS);
    await expect(cache.of('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(cache.size).toBe(0);
    expect(await cache.of('a', () => Promise.resolve(7))).toBe(7);
  });

  it('forgets the key unused longest when there are too many', async () => {
    const cache = new ShortCache<string>(2, SOME_TIME_MS);
    const read = (value: string) => () => Promise.resolve(value);
    await cache.of('a', read('first'));
    await cache.of('b', read('first'));
    await cache.of('a', read('second'));
    await cache.of('c', read('first'));
    expect(cache.size).toBe(2);
    expect([await cache.of('a', read('second')), await cache.of('b', read('second'))]).toEqual(['first', 'second']);
  });
});
