import { HashingPlaces } from './hashing-places.js';

interface Held {
  readonly release: () => void;
  readonly done: Promise<void>;
}

/** Work that runs until it is released, and says in `started` when it begins. */
function hold(places: HashingPlaces, started: string[], name: string): Held {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const done = places.run(async () => {
    started.push(name);
    await gate;
  });
  return { release, done };
}

/** Lets everything that can go on go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the places for hashing', () => {
  it('run no more than so many at once, and the rest in the order they came', async () => {
    const places = new HashingPlaces(2, 2, 1);
    const started: string[] = [];
    const held = ['a', 'b', 'c', 'd'].map((name) => hold(places, started, name));
    await settle();
    expect(started).toEqual(['a', 'b']);
    held[1]?.release();
    await settle();
    expect(started).toEqual(['a', 'b', 'c']);
    for (const { release } of held) release();
    await Promise.all(held.map(({ done }) => done));
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('refuse at once when the queue is full, and say when to come again', async () => {
    const places = new HashingPlaces(1, 1, 3);
    const held = ['a', 'b'].map((name) => hold(places, [], name));
    await expect(places.run(() => Promise.resolve())).rejects.toMatchObject({ code: 'PASSWORD_HASHING_BUSY', httpStatus: 503, retryAfterSeconds: 3 });
    for (const { release } of held) release();
    await Promise.all(held.map(({ done }) => done));
    await expect(places.run(() => Promise.resolve('free'))).resolves.toBe('free');
  });

  it('are given back by work that fails', async () => {
    const places = new HashingPlaces(1, 0, 1);
    await expect(places.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(places.run(() => Promise.resolve('free'))).resolves.toBe('free');
  });
});
