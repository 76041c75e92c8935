import { changedSchedule, newSchedule, nextTime, type ScheduleInput } from './schedule.js';

const NOW = new Date('2026-03-27T12:00:00.000Z');
const BERLIN = 'Europe/Berlin';

/** The next times of an expression, as they are in UTC. */
function timesOf(cron: string, timeZone: string, from: string, count: number): string[] {
  const times: string[] = [];
  for (let at = new Date(from); times.length < count;) {
    const next = nextTime(cron, timeZone, at);
    if (next === null) break;
    times.push(next.toISOString().slice(0, 16));
    at = next;
  }
  return times;
}

function refusalOf(input: ScheduleInput): unknown {
  try {
    return newSchedule(input, NOW);
  } catch (error) {
    return error;
  }
}

it('a time in the hour that is left out comes at the first minute behind it, on that day alone', () => {
  expect(timesOf('30 2 * * *', BERLIN, '2026-03-27T12:00:00Z', 3)).toEqual(['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']);
});

it('a time in the hour that comes twice is that of the first', () => {
  expect(timesOf('30 2 * * *', BERLIN, '2026-10-24T12:00:00Z', 2)).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
  expect(timesOf('30 1 * * *', 'America/New_York', '2026-10-31T12:00:00Z', 2)).toEqual(['2026-11-01T05:30', '2026-11-02T06:30']);
});

it('what repeats within the hour goes on through both hours', () => {
  expect(timesOf('*/30 * * * *', BERLIN, '2026-10-24T23:45:00Z', 5)).toEqual([
    '2026-10-25T00:00',
    '2026-10-25T00:30',
    '2026-10-25T01:00',
    '2026-10-25T01:30',
    '2026-10-25T02:00',
  ]);
  expect(timesOf('0 * * * *', BERLIN, '2026-03-28T23:30:00Z', 3)).toEqual(['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T02:00']);
});

it('once is now, or at its time; a time that is over is now', () => {
  const later = new Date('2027-01-01T00:00:00.000Z');
  expect(newSchedule({}, NOW)).toEqual({ scheduledAt: NOW, cron: null, timeZone: null });
  expect(newSchedule({ scheduledAt: later }, NOW).scheduledAt).toEqual(later);
  expect(newSchedule({ scheduledAt: new Date(0) }, NOW).scheduledAt).toEqual(NOW);
});

it('a change keeps what it does not name', () => {
  const daily = newSchedule({ cron: '0 8 * * *', timeZone: BERLIN }, NOW);
  expect(daily.scheduledAt.toISOString()).toBe('2026-03-28T07:00:00.000Z');
  expect(changedSchedule(daily, {}, NOW)).toBeUndefined();
  expect(changedSchedule(daily, { cron: '0 9 * * *' }, NOW)).toMatchObject({ timeZone: BERLIN, scheduledAt: new Date('2026-03-28T08:00:00Z') });
  expect(changedSchedule(daily, { timeZone: 'Asia/Tokyo' }, NOW)).toMatchObject({ cron: '0 8 * * *', scheduledAt: new Date('2026-03-27T23:00:00Z') });
  expect(changedSchedule(daily, { cron: null }, NOW)).toEqual({ scheduledAt: daily.scheduledAt, cron: null, timeZone: null });
});

it.each<[ScheduleInput, string, RegExp]>([
  [{ cron: '60 * * * *' }, 'cron', /Invalid value for minute: 60/],
  [{ cron: '* * * *' }, 'cron', /five fields/],
  [{ cron: '* * * * * *' }, 'cron', /five fields/],
  [{ cron: '@daily' }, 'cron', /five fields/],
  [{ cron: 'a b c d e' }, 'cron', /is no cron expression/],
  [{ cron: `${'0,'.repeat(200)}0 * * * *` }, 'cron', /is no cron expression/],
  [{ cron: '0 0 31 2 *' }, 'cron', /never comes/],
  [{ cron: '0 8 * * *', timeZone: 'Europe/Nowhere' }, 'timeZone', /"Europe\/Nowhere" is no time zone/],
  [{ cron: '0 8 * * *', timeZone: '+02:00' }, 'timeZone', /IANA/],
  [{ cron: '0 8 * * *', scheduledAt: NOW }, 'scheduledAt', /leave "scheduledAt" out/],
  [{ timeZone: BERLIN }, 'timeZone', /give "cron"/],
  [{ scheduledAt: new Date(Number.NaN) }, 'scheduledAt', /cannot be read/],
])('%j is refused, and says why', (input, field, message) => {
  const started = performance.now();
  expect(refusalOf(input)).toMatchObject({ code: 'TASK_REFUSED', message: expect.stringMatching(message), fields: { field } });
  expect(performance.now() - started).toBeLessThan(500);
});
