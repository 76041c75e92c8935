import { setTimeout as pause } from 'node:timers/promises';
import { PlinthApiError, PlinthUnreachableError } from '../errors.js';
import { endsRun, toRunEvent, type RunEvent } from './run-event.js';
import { serverSentEvents } from './sse-parser.js';

export interface FollowOptions {
  /** The number of the last event that is known; 0, which is usual, for all of them. */
  readonly after?: number;
  /** Ends following: the generator throws its reason. */
  readonly signal?: AbortSignal;
  /** For how long in a row nobody may answer before it gives up. Usually a minute. */
  readonly giveUpAfterMs?: number;
}

const RECONNECT_AFTER_MS = 250;

/**
 * Every event of a run in order, each once, as it happens, to the one that ends the run. A lost connection is made again from the
 * last event that was seen.
 * @throws PlinthApiError where there is no such run, PlinthUnreachableError where nobody answers for too long
 */
export async function* followRun(
  send: (request: Request) => Promise<Response>,
  baseUrl: string,
  runId: string,
  { after = 0, signal, giveUpAfterMs = 60_000 }: FollowOptions = {},
): AsyncGenerator<RunEvent, void> {
  let last = after;
  let lostAt: number | undefined;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const body = (await send(eventsRequest(baseUrl, runId, last, signal))).body;
      // 204: the run has ended, and there is nothing after the last event.
      if (body === null) return;
      for await (const event of eventsOf(body, baseUrl)) {
        lostAt = undefined;
        if (event.number <= last) continue;
        last = event.number;
        yield event;
        if (endsRun(event)) return;
      }
    } catch (error) {
      signal?.throwIfAborted();
      lostAt ??= Date.now();
      if (!isPassing(error) || Date.now() - lostAt > giveUpAfterMs) throw error;
    }
    await pause(RECONNECT_AFTER_MS, undefined, { signal });
  }
}

function eventsRequest(baseUrl: string, runId: string, last: number, signal: AbortSignal | undefined): Request {
  return new Request(`${baseUrl}/v1/runs/${encodeURIComponent(runId)}/events`, {
    headers: { accept: 'text/event-stream', 'last-event-id': String(last) },
    signal,
  });
}

/** True where the connection may come back: nobody answers, or a process that is ending or overloaded. */
function isPassing(error: unknown): boolean {
  return error instanceof PlinthUnreachableError || (error instanceof PlinthApiError && error.status >= 502);
}

/** The events of one connection, until it ends or breaks. */
async function* eventsOf(body: ReadableStream<Uint8Array>, baseUrl: string): AsyncGenerator<RunEvent, void> {
  const events = serverSentEvents(body);
  try {
    for (;;) {
      const next = await events.next().catch((cause: unknown) => {
        throw new PlinthUnreachableError(baseUrl, cause);
      });
      if (next.done === true) return;
      yield toRunEvent(next.value);
    }
  } finally {
    await events.return(undefined);
  }
}
