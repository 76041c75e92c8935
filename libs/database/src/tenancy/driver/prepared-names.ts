/** The statement names one connection knows, least recently used first. */
export class PreparedNames {
  readonly #names = new Set<string>();
  readonly #closing = new Set<string>();

  /** @param capacity how many names a connection keeps; must exceed the statements of one batch. */
  constructor(readonly capacity: number) {}

  get size(): number {
    return this.#names.size;
  }

  /** Whether the server knows `name`; marks it as used just now. */
  use(name: string): boolean {
    if (!this.#names.delete(name)) return false;
    this.#names.add(name);
    return true;
  }

  /** Notes that the server has parsed `name`. */
  add(name: string): void {
    this.#names.add(name);
  }

  /** Forgets `name`; the next batch closes it first. */
  forget(name: string): void {
    if (this.#names.delete(name)) this.#closing.add(name);
  }

  /** The names to close before `adding` more are parsed: those forgotten, and the oldest beyond the capacity. */
  takeClosing(adding: number): string[] {
    for (const name of this.#names) {
      if (this.#names.size + adding <= this.capacity) break;
      this.forget(name);
    }
    const closing = [...this.#closing];
    this.#closing.clear();
    return closing;
  }
}
