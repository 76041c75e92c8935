import type { Logger } from '#database';
import { WorkerDrainingError } from '#queue';
import type { CallGuard, CallStop } from '../steps/step-work.js';
import type { RunWatch } from './run-watch.js';

/** Our own writes are announced as well: only a call that goes on after this looks whether it was one of somebody else. */
const LOOK_AFTER_MS = 200;

/** What a call is guarded by. */
export interface GuardInput {
  readonly orgId: string;
  readonly runId: string;
  readonly watch: RunWatch;
  /** Milliseconds until the run is out of time. */
  readonly remainingMs: number;
  /** The job's: aborted when its lease is lost. A worker that drains lets the call end. */
  readonly job: AbortSignal;
  /** Whether the run still runs and is still this worker's. */
  isHeld(): Promise<boolean>;
  readonly logger: Logger;
}

/** Runs a call that is aborted when the run is cancelled, taken over or out of time; no connection is held meanwhile. */
export async function guardCall<T>(input: GuardInput, call: (guard: CallGuard) => Promise<T>): Promise<T> {
  const guard = new Guard(input);
  try {
    return await call(guard);
  } finally {
    guard.close();
  }
}

class Guard implements CallGuard {
  stopped: CallStop | undefined;
  readonly #controller = new AbortController();
  readonly #unfollow: () => void;
  readonly #deadline: NodeJS.Timeout;
  #look: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly input: GuardInput) {
    this.#deadline = setTimeout(() => this.#stop('OUT_OF_TIME'), Math.max(0, input.remainingMs));
    this.#unfollow = input.watch.follow(input.orgId, input.runId, () => this.#lookSoon());
    if (input.job.aborted) this.#jobAborted();
    else input.job.addEventListener('abort', this.#jobAborted, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  close(): void {
    this.#closed = true;
    this.#unfollow();
    clearTimeout(this.#deadline);
    clearTimeout(this.#look);
    this.input.job.removeEventListener('abort', this.#jobAborted);
  }

  readonly #jobAborted = (): void => {
    if (!(this.input.job.reason instanceof WorkerDrainingError)) this.#stop('GONE');
  };

  #stop(why: CallStop): void {
    if (this.#closed || this.stopped !== undefined) return;
    this.stopped = why;
    this.#controller.abort(new DOMException(why === 'GONE' ? 'The run was cancelled or taken over.' : 'The run is out of time.', 'AbortError'));
  }

  #lookSoon(): void {
    if (this.#look !== undefined || this.#closed) return;
    this.#look = setTimeout(() => {
      this.#look = undefined;
      this.input.isHeld().then(
        (held) => {
          if (!held) this.#stop('GONE');
        },
        (error: unknown) => {
          this.input.logger.warn({ err: error, runId: this.input.runId }, 'could not look whether a run was cancelled; looking again');
          this.#lookSoon();
        },
      );
    }, LOOK_AFTER_MS);
  }
}
