import { RunEvent, type Db } from '#database';

/** The events of a run after the one with this number, in order. */
export async function eventsAfter(db: Db, runId: string, after: number, limit: number): Promise<RunEvent[]> {
  return db.repository(RunEvent).find({ where: { runId, number: { gt: after } }, order: { number: 'asc' }, limit });
}
