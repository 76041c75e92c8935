import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { createLogger } from '#database';
import { RunFollower, RunNotFoundError, type EventsPage } from '#runs';
import { AccessWatch } from '../../auth/access-watch.js';
import { StreamsClosingError } from './errors.js';
import { messagesOf, STREAM_BEGINS } from './event-message.js';

const log = createLogger('run-streams');

/** How often a stream on which nothing happens says so, in milliseconds. */
const HEARTBEAT_MS = 15_000;
/** How long a client may take to take what is left of a stream that was ended. */
const LAST_WORDS_MS = 1_000;

/** What a stream is opened with. */
export interface StreamRequest {
  readonly runId: string;
  /** The number of the last event that the client has; 0: none. */
  readonly after: number;
  /** The access token or API key that opened it. */
  readonly credential: string;
}

/** The streams of events that are open in this process. */
@Injectable()
export class RunStreams implements BeforeApplicationShutdown {
  readonly #open = new Map<ServerResponse, () => void>();
  #isClosing = false;

  constructor(
    private readonly follower: RunFollower,
    private readonly access: AccessWatch,
  ) {}

  /** How many streams are open. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * The messages of a run, for as long as it runs, the client is there and may have them. Not more is read of the run than the
   * client takes. Nothing is opened where the run has ended and the client has all of it.
   * @throws RunNotFoundError, FollowersLimitError, StreamsClosingError
   */
  async open({ runId, after, credential }: StreamRequest, response: ServerResponse): Promise<Readable | undefined> {
    if (this.#isClosing) throw new StreamsClosingError();
    const leaving = new AbortController();
    const leave = (): void => leaving.abort();
    const pages = this.follower.follow(runId, { after, idleMs: HEARTBEAT_MS, signal: leaving.signal });
    const first = await pages.next();
    if (this.#isClosing) leave();
    if (first.done === true || (first.value.isOver && first.value.events.length === 0)) {
      await pages.return();
      return undefined;
    }
    const end = this.#ending(response, leave);
    const stopLooking = this.access.watch(credential, 'run:read', end);
    this.#open.set(response, end);
    const forget = (): void => {
      leave();
      stopLooking();
      this.#open.delete(response);
    };
    response.once('close', forget);
    if (response.destroyed || response.socket === null || response.socket.destroyed) forget();
    return Readable.from(textOf(first.value, pages), { objectMode: false });
  }

  /** New ones are refused from now on, and those that are open end, so that nobody waits for them to close the port. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isClosing = true;
    const open = [...this.#open];
    const closed = open.map(([response]) => new Promise<void>((resolve) => response.once('close', resolve)));
    for (const [, end] of open) end();
    await Promise.all(closed);
  }

  /** Ends a stream with the message it is at; a client that takes nothing is cut off. */
  #ending(response: ServerResponse, leave: () => void): () => void {
    return () => {
      leave();
      const cut = setTimeout(() => response.destroy(), LAST_WORDS_MS);
      response.once('close', () => clearTimeout(cut));
    };
  }
}

/** What goes over the wire, page by page. What fails ends the stream where it is: the client goes on from there with another. */
async function* textOf(first: EventsPage, pages: AsyncGenerator<EventsPage, void>): AsyncGenerator<string, void> {
  try {
    yield STREAM_BEGINS + messagesOf(first);
    for await (const page of pages) yield messagesOf(page);
  } catch (error) {
    if (!(error instanceof RunNotFoundError)) log.warn({ err: error }, 'a stream of events ended early');
  } finally {
    await pages.return();
  }
}
