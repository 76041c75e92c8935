import { TenantConnection } from '#database';
import { Injectable } from '@nestjs/common';
import { findUsage, type UsageRow } from '../persistence/usage.js';
import { UsagePeriodRefusedError } from './errors.js';
import { sumOf } from './sum.js';

/** What runs came to. Each counts where it ended; those that have not ended do not count. */
export type UsageFigures = Pick<UsageRow, 'runs' | 'tokens' | 'costMicros' | 'runsByStatus' | 'models'>;

/** What the runs that ended on one day came to. */
export interface UsageOfDay extends UsageFigures {
  /** `2026-11-20`, in UTC. */
  readonly date: string;
}

/** What the runs that ended in a period came to. */
export interface UsageView extends UsageFigures {
  readonly from: Date;
  /** The first moment after it. */
  readonly to: Date;
}

/** The same with its days; those on which no run ended are left out. */
export interface UsageOfDays extends UsageView {
  readonly days: readonly UsageOfDay[];
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const FIRST_DAY = '1970-01-01';
/** The day after it is still one that ISO 8601 writes with four digits. */
const LAST_DAY = '9999-12-30';
const DAY_MS = 86_400_000;
/** The longest period that is answered at once, in days. */
export const LONGEST_PERIOD = 366;

/** What the current organization uses. Answers are exact: what is not yet counted is added as they are read. */
@Injectable()
export class UsageService {
  constructor(private readonly db: TenantConnection) {}

  /** What was used from one day to another, both included, as `2026-11-20` in UTC. @throws UsagePeriodRefusedError */
  async period(first: string, last: string): Promise<UsageOfDays> {
    const from = dayOf('from', first);
    const to = new Date(dayOf('to', last).getTime() + DAY_MS);
    if (from >= to) throw new UsagePeriodRefusedError('to', 'it ends before it begins.');
    if (to.getTime() - from.getTime() > LONGEST_PERIOD * DAY_MS) throw new UsagePeriodRefusedError('to', `it is longer than ${LONGEST_PERIOD} days.`);
    const rows = await findUsage(this.db, 'day', from, to);
    return { from, to, ...sumOf(rows), days: daysOf(rows) };
  }

  /** What was used in this month of UTC so far. */
  async current(now = new Date()): Promise<UsageView> {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
    const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
    return { from, to, ...sumOf(await findUsage(this.db, 'month', from, to)) };
  }
}

function dayOf(field: string, text: string): Date {
  const date = new Date(`${text}T00:00:00.000Z`);
  const isDay = DATE.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && text >= FIRST_DAY && text <= LAST_DAY;
  if (!isDay) throw new UsagePeriodRefusedError(field, `"${field}" is a day from ${FIRST_DAY} to ${LAST_DAY}, such as "2026-11-20".`);
  return date;
}

function daysOf(rows: readonly UsageRow[]): UsageOfDay[] {
  const byDay = new Map<string, UsageRow[]>();
  for (const row of rows) {
    const date = row.periodStart.toISOString().slice(0, 10);
    byDay.set(date, [...(byDay.get(date) ?? []), row]);
  }
  return [...byDay].map(([date, ofDay]) => ({ date, ...sumOf(ofDay) }));
}
