import { PlinthApiError, type PlinthClient } from '#client';
import type { Terminal } from '../terminal/terminal.js';

/** Whoever follows the run has gone; the run goes on. */
export class LeftError extends Error {}

/** What Ctrl-C means while a run is followed: the first asks whether to cancel it, the second leaves it running. */
export class Leaving {
  readonly #left = new AbortController();
  #pressed = 0;
  readonly #listener = (): void => this.#press();

  constructor(
    private readonly client: PlinthClient,
    private readonly terminal: Terminal,
    private readonly runId: string,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Aborted once the person has left. */
  get signal(): AbortSignal {
    return this.#left.signal;
  }

  listen(): void {
    process.on('SIGINT', this.#listener);
    this.terminal.lines.onInterrupt(this.#listener);
  }

  stop(): void {
    process.off('SIGINT', this.#listener);
  }

  #press(): void {
    this.#pressed += 1;
    if (this.#pressed > 1 || !this.terminal.isInteractive) this.#left.abort(new LeftError());
    else this.#askToCancel().catch((error: unknown) => (error instanceof LeftError ? undefined : this.onFailure(error)));
  }

  async #askToCancel(): Promise<void> {
    this.terminal.say('');
    const answer = await this.terminal.lines.next('Cancel the run? [y/N, Ctrl-C leaves it running] ', { signal: this.signal });
    if (!/^y(es)?$/i.test(answer?.trim() ?? '')) {
      this.#pressed = 0;
      return;
    }
    await this.client.POST('/v1/runs/{id}/cancel', { params: { path: { id: this.runId } } }).catch((error: unknown) => {
      // It has ended meanwhile.
      if (!(error instanceof PlinthApiError && error.code === 'RUN_ENDED')) throw error;
    });
  }
}
