import { TenantConnection } from '#database';
import { Injectable } from '@nestjs/common';
import { readEventsPage, type EventsPage } from './events/events-page.js';
import type { RunEventView } from './views.js';

/** What happened to runs: rows, which a follower reads on from the last number it saw. */
@Injectable()
export class RunEvents {
  constructor(private readonly db: TenantConnection) {}

  /**
   * The events of a run after the one with this number, in order and without gaps.
   * @param after 0: from the first
   * @param limit 1 to 1000
   * @throws RunNotFoundError where there are none and no such run
   */
  async read(runId: string, after = 0, limit = 100): Promise<readonly RunEventView[]> {
    return (await this.page(runId, after, limit)).events;
  }

  /** As `read`, and says whether the run has ended with them. @throws RunNotFoundError where there are none and no such run */
  async page(runId: string, after = 0, limit = 100): Promise<EventsPage> {
    return readEventsPage(this.db, runId, after, limit);
  }
}
