import { AsyncResource } from 'node:async_hooks';
import type { TenantConnection } from '#database';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { RunWatch } from '../engine/run-watch.js';
import { FollowersLimitError } from '../errors.js';
import { readEventsPage, type EventsPage } from './events-page.js';
import { Places } from './places.js';
import { RunTopic } from './run-topic.js';

/** The most events of one page: what a follower that reads slowly is kept at most. */
const PAGE = 100;
/** How old what was read of a run may become before it is read without a wake-up. */
const SLOW_POLL_MS = 15_000;
const TICK_MS = 1_000;
/** How many statements all followers together send at once: a part of the pool, so that requests find room beside them. */
const READS_AT_ONCE = 4;
/** The most that one organization may follow at once in one process. */
const MOST_OF_ORGANIZATION = 2_000;

export interface FollowOptions {
  /** The number of the last event that the follower has; 0: none. */
  readonly after: number;
  /** After how many milliseconds without events an empty page says that the run is still followed. */
  readonly idleMs: number;
  /** Ends following at once. */
  readonly signal: AbortSignal;
}

/**
 * Follows runs of the current organization: the events that are there, then those that come. What happened is read from the rows; a
 * notification only wakes, so that a lost one loses nothing. All followers of a process share one listening connection, and hold
 * neither a connection nor a transaction while they wait.
 */
export class RunFollower implements OnApplicationShutdown {
  readonly #topics = new Map<string, { readonly topic: RunTopic; readonly unfollow: () => void }>();
  readonly #ofOrganization = new Map<string, number>();
  readonly #places = new Places(READS_AT_ONCE);
  #poll: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: TenantConnection,
    private readonly watch: RunWatch,
    private readonly slowPollMs = SLOW_POLL_MS,
  ) {}

  /** How many runs are followed. */
  get size(): number {
    return this.#topics.size;
  }

  /**
   * Pages of events, each after the one before; the first at once, and empty where there is none yet. Ends after the last event of
   * a run that has ended. Reads on only when the next page is asked for. Reading throws RunNotFoundError, FollowersLimitError.
   */
  follow(runId: string, options: FollowOptions): AsyncGenerator<EventsPage, void> {
    const { orgId } = this.db;
    // Whoever asks for the next page may do so from outside of the request, such as from its socket.
    const read = AsyncResource.bind((after: number) => this.#places.run(() => readEventsPage(this.db, runId, after, PAGE)));
    return this.#pages(orgId, runId.toLowerCase(), read, options);
  }

  onApplicationShutdown(): Promise<void> {
    clearInterval(this.#poll);
    return this.watch.close();
  }

  async *#pages(
    orgId: string,
    runId: string,
    read: (after: number) => Promise<EventsPage>,
    { after, idleMs, signal }: FollowOptions,
  ): AsyncGenerator<EventsPage, void> {
    const topic = this.#join(orgId, runId);
    try {
      for (let position = after, isFirst = true; !signal.aborted; isFirst = false) {
        const seen = topic.version;
        const page = await topic.read(position, read);
        const last = page.events.at(-1);
        if (isFirst || last !== undefined) yield page;
        if (page.isOver) return;
        position = last?.number ?? position;
        if (page.events.length === PAGE) continue;
        while (!(await topic.changed(seen, idleMs, signal)) && !signal.aborted) yield { events: [], isOver: false };
      }
    } finally {
      this.#leave(orgId, runId);
    }
  }

  /** @throws FollowersLimitError */
  #join(orgId: string, runId: string): RunTopic {
    const count = this.#ofOrganization.get(orgId) ?? 0;
    if (count >= MOST_OF_ORGANIZATION) throw new FollowersLimitError(MOST_OF_ORGANIZATION);
    this.#ofOrganization.set(orgId, count + 1);
    const key = `${orgId}:${runId}`;
    const { topic } = this.#topics.get(key) ?? this.#begin(key, orgId, runId);
    topic.followers += 1;
    return topic;
  }

  #begin(key: string, orgId: string, runId: string): { readonly topic: RunTopic } {
    const topic = new RunTopic();
    this.#topics.set(key, { topic, unfollow: this.watch.follow(orgId, runId, () => topic.wake()) });
    this.#poll ??= setInterval(() => this.#wakeOld(), Math.min(TICK_MS, this.slowPollMs)).unref();
    return { topic };
  }

  #leave(orgId: string, runId: string): void {
    const count = (this.#ofOrganization.get(orgId) ?? 1) - 1;
    if (count === 0) this.#ofOrganization.delete(orgId);
    else this.#ofOrganization.set(orgId, count);
    const key = `${orgId}:${runId}`;
    const entry = this.#topics.get(key);
    if (entry === undefined) return;
    entry.topic.followers -= 1;
    if (entry.topic.followers > 0) return;
    entry.unfollow();
    this.#topics.delete(key);
    if (this.#topics.size > 0) return;
    clearInterval(this.#poll);
    this.#poll = undefined;
  }

  #wakeOld(): void {
    const old = performance.now() - this.slowPollMs;
    for (const { topic } of this.#topics.values()) if (topic.readAt < old) topic.wake();
  }
}
