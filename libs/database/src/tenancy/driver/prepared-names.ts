/**
 * The statement names one connection knows, least recently used first, each with the description of its rows once that
 * has been seen: PostgreSQL refuses to run a prepared statement whose result has changed, so it need not be asked again.
 */
export class PreparedNames<Description> {
  readonly #names = new Map<string, Description | undefined>();
  readonly #closing = new Set<string>();

  /** @param capacity how many names a connection keeps; must exceed the statements of one batch. */
  constructor(readonly capacity: number) {}

  get size(): number {
    return this.#names.size;
  }

  /** Whether the server knows `name`; marks it as used just now. */
  use(name: string): boolean {
    if (!this.#names.has(name)) return false;
    const description = this.#names.get(name);
    this.#names.delete(name);
    this.#names.set(name, description);
    return true;
  }

  /** Notes that the server has parsed `name`. */
  add(name: string): void {
    if (!this.#names.has(name)) this.#names.set(name, undefined);
  }

  /** What the rows of `name` look like, if that is known. */
  description(name: string): Description | undefined {
    return this.#names.get(name);
  }

  /** Notes what the rows of `name` look like. */
  describe(name: string, description: Description): void {
    if (this.#names.has(name)) this.#names.set(name, description);
  }

  /** Forgets `name`; the next batch closes it first. */
  forget(name: string): void {
    if (this.#names.delete(name)) this.#closing.add(name);
  }

  /** The names to close before `adding` more are parsed: those forgotten, and the oldest beyond the capacity. */
  takeClosing(adding: number): string[] {
    for (const name of this.#names.keys()) {
      if (this.#names.size + adding <= this.capacity) break;
      this.forget(name);
    }
    if (this.#closing.size === 0) return NONE;
    const closing = [...this.#closing];
    this.#closing.clear();
    return closing;
  }
}

const NONE: string[] = [];
