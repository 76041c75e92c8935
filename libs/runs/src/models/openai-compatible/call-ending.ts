import { ModelCallError } from '../errors.js';

/**
 * Ends a call early: when its caller aborts it, or when its time is over. Call {@link dispose} when the call has ended by itself.
 */
export class CallEnding {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly caller: AbortSignal,
    private readonly totalTimeoutMs: number,
  ) {
    this.timer = setTimeout(() => this.end(), totalTimeoutMs);
    caller.addEventListener('abort', this.end, { once: true });
    if (caller.aborted) this.end();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Why it was ended, as an error. @param mayBeCarriedOut whether the endpoint may have the whole request. */
  error(mayBeCarriedOut: boolean): ModelCallError {
    if (this.caller.aborted) return new ModelCallError('aborted', 'the call was ended while it ran.', this.caller.reason);
    const reason = `it was not done within ${this.totalTimeoutMs} ms (MODEL_TOTAL_TIMEOUT_MS).`;
    return new ModelCallError(mayBeCarriedOut ? 'unknown' : 'refused', reason);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.caller.removeEventListener('abort', this.end);
  }

  private readonly end = (): void => this.controller.abort();
}
