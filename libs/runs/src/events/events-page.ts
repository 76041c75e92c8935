import { isUuid, RUN_STATUSES, type Db } from '#database';
import { RunNotFoundError } from '../errors.js';
import { eventsAfter } from '../persistence/run-events.js';
import { findRun } from '../persistence/runs.js';
import { hasEnded } from '../states/run-states.js';
import { toRunEventView, type RunEventView } from '../views.js';

/** Events of a run, in order and without gaps. */
export interface EventsPage {
  readonly events: readonly RunEventView[];
  /** True: the run has ended and nothing comes after these. */
  readonly isOver: boolean;
}

/**
 * The events of a run after the one with this number.
 * @param after 0: from the first
 * @param limit 1 to 1000
 * @throws RunNotFoundError where there are none and no such run
 */
export async function readEventsPage(db: Db, runId: string, after: number, limit: number): Promise<EventsPage> {
  if (!isUuid(runId)) throw new RunNotFoundError(runId);
  const events = (await eventsAfter(db, runId, after, limit)).map(toRunEventView);
  const last = events.at(-1);
  if (last !== undefined) return { events, isOver: isEnd(last) };
  const run = await findRun(db, runId);
  if (run === null) throw new RunNotFoundError(runId);
  return { events, isOver: hasEnded(run.status) && run.eventCount <= after };
}

/** Whether the event is the last one of its run. */
function isEnd({ type, data }: RunEventView): boolean {
  return type === 'RUN_STATUS' && RUN_STATUSES.some((status) => status === data['status'] && hasEnded(status));
}
