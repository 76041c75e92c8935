import type { PlinthClient } from '#client';
import type { Terminal } from '../terminal/terminal.js';
import { Asking } from './asking.js';
import { Leaving } from './leaving.js';
import { nestedRunOf } from './nested-run.js';
import { ShownRun, type FollowedRun } from './shown-run.js';

/** Follows a run to its end, with the runs that it calls, and asks what they ask. */
export class RunAtTerminal {
  readonly #shown: ShownRun;
  readonly #asking: Asking;
  /** The questions that stand, with what ends asking them. */
  readonly #questions = new Map<unknown, AbortController>();
  readonly #failed = new AbortController();
  readonly #asked: Promise<void>[] = [];

  constructor(
    private readonly client: PlinthClient,
    terminal: Terminal,
    private readonly options: { readonly isJson: boolean },
    private readonly leaving: (onFailure: (error: unknown) => void) => Leaving,
  ) {
    this.#shown = new ShownRun(terminal, options.isJson);
    this.#asking = new Asking(client, terminal);
  }

  /** @throws LeftError where the person leaves, PlinthApiError, PlinthUnreachableError */
  async follow(runId: string): Promise<void> {
    const leaving = this.leaving((error) => this.#failed.abort(error));
    leaving.listen();
    const signal = AbortSignal.any([leaving.signal, this.#failed.signal]);
    try {
      await this.#followOne({ id: runId, depth: 0 }, signal);
    } finally {
      leaving.stop();
      for (const question of this.#questions.values()) question.abort();
      await Promise.all(this.#asked);
    }
  }

  async #followOne(run: FollowedRun, signal: AbortSignal): Promise<void> {
    for await (const event of this.client.followRun(run.id, { signal })) {
      this.#shown.show(run, event);
      const { type, data } = event;
      if (type === 'INPUT_REQUESTED') this.#ask(data['inputRequestId'], signal);
      else if (type === 'INPUT_ANSWERED') this.#questions.get(data['inputRequestId'])?.abort();
      else if (type === 'STEP_STARTED' && data['type'] === 'AGENT') await this.#followNested(run, data['stepId'], signal);
    }
  }

  /** A run does one step after the other: while it waits for one that it called, nothing else happens to it. */
  async #followNested({ id, depth }: FollowedRun, stepId: unknown, signal: AbortSignal): Promise<void> {
    const nested = await nestedRunOf(this.client, id, stepId, signal);
    if (nested !== undefined) await this.#followOne({ id: nested, depth: depth + 1 }, signal);
  }

  /** Goes on following meanwhile: somebody else may answer first. */
  #ask(id: unknown, signal: AbortSignal): void {
    if (this.options.isJson || typeof id !== 'string') return;
    const question = new AbortController();
    this.#questions.set(id, question);
    const asked = this.#asking.ask(id, AbortSignal.any([signal, question.signal])).catch((error: unknown) => {
      if (!question.signal.aborted && !signal.aborted) this.#failed.abort(error);
    });
    this.#asked.push(asked);
  }
}
