interface Entry<V> {
  readonly value: Promise<V>;
  /** In milliseconds of the process's clock, which no correction of the time moves. */
  readonly freshUntil: number;
}

/**
 * Keeps what was read for a short time, for as many keys as were asked for last. Whoever asks while it is being read shares the
 * read; one that fails is not kept. The age counts from before the read began, so that a value is never older than `ttlMs`.
 */
export class ShortCache<V> {
  readonly #entries = new Map<string, Entry<V>>();

  constructor(
    private readonly capacity: number,
    private readonly ttlMs: number,
  ) {}

  /** How many keys are kept: never more than the capacity. */
  get size(): number {
    return this.#entries.size;
  }

  /** The value kept under the key, or else what `read` answers. @throws what `read` throws */
  of(key: string, read: () => Promise<V>): Promise<V> {
    const now = performance.now();
    const kept = this.#entries.get(key);
    if (kept !== undefined && now < kept.freshUntil) {
      this.#putLast(key, kept);
      return kept.value;
    }
    const entry: Entry<V> = { value: read(), freshUntil: now + this.ttlMs };
    this.#putLast(key, entry);
    entry.value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    return entry.value;
  }

  #putLast(key: string, entry: Entry<V>): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size <= this.capacity) return;
    const { value: oldest, done } = this.#entries.keys().next();
    if (done !== true) this.#entries.delete(oldest);
  }
}
