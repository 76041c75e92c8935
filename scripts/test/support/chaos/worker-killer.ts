import { setTimeout as pause } from 'node:timers/promises';
import { ServiceProcess } from '../service-process.js';

/** From when to when a worker was killed, in milliseconds since 1970. */
export interface Kill {
  readonly from: number;
  readonly to: number;
}

/** A worker that is killed again and again, without a warning, and started anew. */
export class WorkerKiller {
  readonly kills: Kill[] = [];
  #worker: ServiceProcess;
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  /** @param livesMs how long a worker lives once it is ready, in milliseconds */
  constructor(
    private readonly start: () => ServiceProcess,
    private readonly livesMs: number,
  ) {
    this.#worker = start();
  }

  /** Begins to kill. */
  begin(): void {
    this.#loop = this.#killAgainAndAgain();
    this.#loop.catch(() => undefined);
  }

  /** Kills nobody any more; the last worker stays. @throws what kept a worker from starting */
  async leaveAlone(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async end(): Promise<void> {
    this.#stopping.abort();
    await this.#loop.catch(() => undefined);
    await this.#worker.end('SIGKILL');
  }

  /** Whether a worker was killed between two moments. */
  struckBetween(from: Date, to: Date): boolean {
    return this.kills.some((kill) => kill.to >= from.getTime() && kill.from <= to.getTime());
  }

  async #killAgainAndAgain(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#worker.url;
      await pause(this.livesMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const from = Date.now();
      await this.#worker.end('SIGKILL');
      this.kills.push({ from, to: Date.now() });
      this.#worker = this.start();
    }
  }
}
