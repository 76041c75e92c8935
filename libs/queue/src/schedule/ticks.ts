import { Cron } from 'croner';
import type { JobSchedule } from '../catalogue/define-job.js';

/** Whether the expression and its time zone can be read and ever come due. */
export function isValidSchedule(schedule: JobSchedule): boolean {
  try {
    return nextTick(schedule, new Date()) !== null;
  } catch {
    return false;
  }
}

/** The first tick after `after`, or null if there is none. */
export function nextTick({ cron, timeZone }: JobSchedule, after: Date): Date | null {
  return new Cron(cron, { timezone: timeZone, paused: true }).nextRun(after);
}

/** The latest tick after `after` and not after `now`, or null: ticks missed while no worker ran become one. */
export function latestTick(schedule: JobSchedule, after: Date, now: Date): Date | null {
  const [previous] = new Cron(schedule.cron, { timezone: schedule.timeZone, paused: true }).previousRuns(1, new Date(now.getTime() + 1));
  return previous !== undefined && previous > after && previous <= now ? previous : null;
}
