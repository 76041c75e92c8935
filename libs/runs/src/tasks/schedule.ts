import { Cron } from 'croner';
import { TaskRefusedError } from './errors.js';

/** When a task is done: once at a time, or again and again. */
export interface TaskSchedule {
  /** Of a task that repeats, its next time. */
  readonly scheduledAt: Date;
  readonly cron: string | null;
  readonly timeZone: string | null;
}

/** What a caller says about it. */
export interface ScheduleInput {
  readonly scheduledAt?: Date | null;
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly cron?: string | null;
  /** IANA name; default UTC. */
  readonly timeZone?: string | null;
}

const LATEST = new Date('9999-12-31T23:59:59.999Z');
const TIME_ZONE = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;
const LONGEST_CRON = 255;

/** The schedule of a new task; a time that is over is now. @throws TaskRefusedError */
export function newSchedule(input: ScheduleInput, now: Date): TaskSchedule {
  const { scheduledAt, cron, timeZone } = input;
  if (typeof cron === 'string') return repeating(cron, timeZone ?? 'UTC', scheduledAt, now);
  if (typeof timeZone === 'string') throw new TaskRefusedError('timeZone', 'a time zone is for a task that repeats: give "cron" with it.');
  return { scheduledAt: once(scheduledAt ?? now, now), cron: null, timeZone: null };
}

/** The schedule after a change, or undefined where nothing of it changes. @throws TaskRefusedError */
export function changedSchedule(before: TaskSchedule, input: ScheduleInput, now: Date): TaskSchedule | undefined {
  const { scheduledAt, cron, timeZone } = input;
  if (scheduledAt === undefined && cron === undefined && timeZone === undefined) return undefined;
  const newCron = cron === undefined ? before.cron : cron;
  if (newCron === null) return newSchedule({ scheduledAt: scheduledAt ?? before.scheduledAt, timeZone }, now);
  return newSchedule({ scheduledAt, cron: newCron, timeZone: timeZone ?? before.timeZone }, now);
}

/**
 * The first time after `after` that the expression names. Where clocks are put forward, a time in the hour that is left out comes at the
 * first minute behind it; where they are put back, a time in the hour that comes twice is that of the first, but for what repeats within
 * the hour.
 */
export function nextTime(cron: string, timeZone: string, after: Date): Date | null {
  return new Cron(cron, { timezone: timeZone, paused: true }).nextRun(after);
}

function once(at: Date, now: Date): Date {
  if (Number.isNaN(at.getTime()) || at > LATEST) throw new TaskRefusedError('scheduledAt', 'its time cannot be read, or is after the year 9999.');
  return at < now ? now : at;
}

function repeating(cron: string, timeZone: string, scheduledAt: Date | null | undefined, now: Date): TaskSchedule {
  if (scheduledAt instanceof Date) throw new TaskRefusedError('scheduledAt', 'a task that repeats takes its times from "cron": leave "scheduledAt" out.');
  checkTimeZone(timeZone);
  const next = readCron(cron, timeZone, now);
  if (next === null) throw new TaskRefusedError('cron', `"${cron}" never comes: there is no such day.`);
  return { scheduledAt: next, cron, timeZone };
}

function checkTimeZone(timeZone: string): void {
  try {
    if (TIME_ZONE.test(timeZone) && new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '') return;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new TaskRefusedError('timeZone', `"${timeZone.slice(0, 64)}" is no time zone of the IANA database, such as "Europe/Berlin".`);
}

function readCron(cron: string, timeZone: string, now: Date): Date | null {
  const refuse = (why: string): TaskRefusedError =>
    new TaskRefusedError('cron', `"${cron.slice(0, LONGEST_CRON)}" is no cron expression: ${why} Such as "30 8 * * 1-5": 8:30 from Monday to Friday.`);
  if (cron.length > LONGEST_CRON || cron.trim().split(/\s+/).length !== 5)
    throw refuse('it has five fields: minute, hour, day of the month, month, day of the week.');
  try {
    return nextTime(cron, timeZone, now);
  } catch (error) {
    throw refuse(`${error instanceof Error ? error.message.replace(/^\w+: /, '') : String(error)}.`);
  }
}
