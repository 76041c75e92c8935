import { isUuid, RunEvent, TenantConnection } from '#database';
import { Injectable } from '@nestjs/common';
import { RunNotFoundError } from './errors.js';
import { findRun } from './persistence/runs.js';
import { eventsAfter } from './persistence/run-events.js';
import { toRunEventView, type RunEventView } from './views.js';

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
  async read(runId: string, after = 0, limit = 100): Promise<RunEventView[]> {
    const events: RunEvent[] = isUuid(runId) ? await eventsAfter(this.db, runId, after, limit) : [];
    if (events.length === 0 && (!isUuid(runId) || (await findRun(this.db, runId)) === null)) throw new RunNotFoundError(runId);
    return events.map(toRunEventView);
  }
}
