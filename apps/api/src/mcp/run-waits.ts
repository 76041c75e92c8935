import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { RunFollower, type RunEventView } from '#runs';
import { AccessWatch } from '../auth/access-watch.js';
import { AccessEndedError } from './errors.js';
import type { McpCall } from './tool.js';

/** How far a wait goes. */
export interface WaitOptions {
  /** The number of the last event that the caller has seen; 0: none. */
  readonly after: number;
  readonly milliseconds: number;
}

const SETTLED: ReadonlySet<unknown> = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'WAITING_INPUT']);

/** Waits for runs, without holding a connection; a process that ends keeps nobody waiting. */
@Injectable()
export class RunWaits implements BeforeApplicationShutdown {
  readonly #closing = new AbortController();

  constructor(
    private readonly follower: RunFollower,
    private readonly access: AccessWatch,
  ) {}

  /**
   * Returns when the run has ended or waits for a person, or the time is over, or the client has gone, and tells of each step that
   * ends meanwhile.
   * @throws RunNotFoundError, FollowersLimitError; AccessEndedError when the caller may no longer read runs
   */
  async untilSettled(runId: string, { after, milliseconds }: WaitOptions, call: McpCall): Promise<void> {
    const lost = new AbortController();
    const stopLooking = this.access.watch(call.credential, 'run:read', () => lost.abort());
    const signal = AbortSignal.any([call.signal, this.#closing.signal, lost.signal, AbortSignal.timeout(milliseconds)]);
    try {
      for await (const { events, isOver } of this.follower.follow(runId, { after, idleMs: milliseconds, signal })) {
        for (const event of events) await tell(event, call);
        if (isOver || isSettledBy(events)) break;
      }
    } finally {
      stopLooking();
    }
    if (lost.signal.aborted) throw new AccessEndedError();
  }

  beforeApplicationShutdown(): void {
    this.#closing.abort();
  }
}

async function tell({ type, data }: RunEventView, call: McpCall): Promise<void> {
  if (type !== 'STEP_ENDED') return;
  await call.progress(Number(data['sequenceNumber']), `Step ${String(data['sequenceNumber'])} (${String(data['type'])}) is ${String(data['status'])}.`);
}

/** Whether the last that is said of the run's state is one that it stays in by itself. */
function isSettledBy(events: readonly RunEventView[]): boolean {
  const last = events.findLast(({ type }) => type === 'RUN_STATUS');
  return SETTLED.has(last?.data['status']);
}
