import type { EventsPage } from './events-page.js';

/** A read that several followers share. */
interface SharedRead {
  readonly version: number;
  readonly page: Promise<EventsPage>;
}

/**
 * One run, for all who follow it in this process. A wake-up only raises its version: whoever has seen an older one reads once,
 * however many there were meanwhile, and those who read on from the same event share the statement.
 */
export class RunTopic {
  /** How many follow the run. */
  followers = 0;
  readonly #waiting = new Set<() => void>();
  readonly #reads = new Map<number, SharedRead>();
  #version = 0;
  #readAt = performance.now();

  /** Raised by each wake-up. */
  get version(): number {
    return this.#version;
  }

  /** When its rows were last read, in milliseconds of the process's clock. */
  get readAt(): number {
    return this.#readAt;
  }

  /** Something may have happened to the run. */
  wake(): void {
    this.#version += 1;
    for (const resume of [...this.#waiting]) resume();
  }

  /** What `read` answers, or the answer to whoever asked for the same since the last wake-up and still waits. */
  read(after: number, read: (after: number) => Promise<EventsPage>): Promise<EventsPage> {
    const underWay = this.#reads.get(after);
    if (underWay?.version === this.#version) return underWay.page;
    this.#readAt = performance.now();
    const forget = (): void => {
      if (this.#reads.get(after) === shared) this.#reads.delete(after);
    };
    const shared: SharedRead = { version: this.#version, page: read(after) };
    this.#reads.set(after, shared);
    shared.page.then(forget, forget);
    return shared.page;
  }

  /**
   * Waits for a wake-up after the version `seen`.
   * @returns false where there was none within `idleMs`, or `signal` was aborted first
   */
  async changed(seen: number, idleMs: number, signal: AbortSignal): Promise<boolean> {
    if (this.#version !== seen || signal.aborted) return this.#version !== seen;
    return new Promise<boolean>((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', settle);
        this.#waiting.delete(settle);
        resolve(this.#version !== seen);
      };
      const timer = setTimeout(settle, idleMs);
      signal.addEventListener('abort', settle);
      this.#waiting.add(settle);
    });
  }
}
