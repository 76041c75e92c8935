import { DuplicateJobKindError, InvalidJobDefinitionError, InvalidScheduleError } from '../errors.js';
import { defineCatalogue } from './catalogue.js';
import { defineJob, defineSystemJob } from './define-job.js';
import type { HandlersOf, JobHandler, JobWork, SystemJobWork } from './handlers.js';
import { flag, number, optional, payloadOf, text, uuid } from './payload.js';

const greet = defineJob({ kind: 'greet', payload: { name: text } });
const sweep = defineSystemJob({ kind: 'system.sweep', schedule: { cron: '0 3 * * *', timeZone: 'Europe/Berlin' } });
const catalogue = defineCatalogue(greet, sweep);

class Greet implements JobHandler<typeof greet> {
  handle({ payload, db }: JobWork<{ name: string }>): Promise<void> {
    void db;
    void payload.name;
    return Promise.resolve();
  }
}

class Sweep implements JobHandler<typeof sweep> {
  handle({ unrestricted }: SystemJobWork<object>): Promise<void> {
    void unrestricted;
    return Promise.resolve();
  }
}

/* What must not compile; the type check of the repository reads this file. */
const complete: HandlersOf<typeof catalogue> = { greet: new Greet(), 'system.sweep': new Sweep() };
// @ts-expect-error -- a kind without a handler
const missing: HandlersOf<typeof catalogue> = { greet: new Greet() };
const counting = { handle: (work: JobWork<{ count: number }>) => Promise.resolve(void work) };
// @ts-expect-error -- a handler of another kind's payload
const swapped: HandlersOf<typeof catalogue> = { greet: counting, 'system.sweep': new Sweep() };
// @ts-expect-error -- a kind that the catalogue does not hold
const unknown: HandlersOf<typeof catalogue> = { greet: new Greet(), 'system.sweep': new Sweep(), other: new Greet() };

const keyed = defineJob({ kind: 'keyed', payload: { id: uuid }, dedupe: ({ id }) => id });
const payloadIsTyped: ReturnType<typeof keyed.parse> = { id: 'x' };
// @ts-expect-error -- a payload without its property
const payloadIsChecked: ReturnType<typeof keyed.parse> = {};

it('keys a payload by what the definition says', () => {
  expect(keyed.dedupe?.(payloadIsTyped)).toBe('x');
  expect(payloadIsChecked).toEqual({});
});

it('finds definitions by kind, and nothing for others', () => {
  expect(catalogue.find('greet')).toBe(greet);
  expect(catalogue.find('unknown')).toBeUndefined();
  expect([complete, missing, swapped, unknown]).toHaveLength(4);
});

it('refuses the same kind twice', () => {
  expect(() => defineCatalogue(greet, greet)).toThrow(DuplicateJobKindError);
});

it.each(['Upper', 'a b', '', '.a', 'a..b', 'x'.repeat(101)])('refuses the kind "%s"', (kind) => {
  expect(() => defineJob({ kind, payload: {} })).toThrow(InvalidJobDefinitionError);
});

it.each([{ maxAttempts: 0 }, { timeoutMs: 1.5 }, { concurrency: 0 }, { concurrencyPerOrganization: -1 }, { backoff: { baseMs: 2, maxMs: 1 } }])(
  'refuses %j',
  (rules) => {
    expect(() => defineJob({ kind: 'a', payload: {}, ...rules })).toThrow(InvalidJobDefinitionError);
  },
);

it.each([
  { cron: 'often', timeZone: 'UTC' },
  { cron: '* * * * *', timeZone: 'Mars/Base' },
  { cron: '0 0 30 2 *', timeZone: 'UTC' },
])('refuses the schedule %j', (schedule) => {
  expect(() => defineCatalogue(defineSystemJob({ kind: 'a', schedule }))).toThrow(InvalidScheduleError);
});

describe('payloadOf', () => {
  const parse = payloadOf({ id: uuid, count: number, force: optional(flag) });
  const id = '0199d0a0-0000-7000-8000-000000000000';

  it('gives back what fits', () => {
    expect(parse({ id, count: 2 })).toEqual({ id, count: 2, force: undefined });
  });

  it.each([
    [null, 'must be an object'],
    [[], 'must be an object'],
    [{ id: 'x', count: 1 }, '"id" in the payload must be a UUID'],
    [{ id, count: '1' }, '"count" in the payload must be a finite number'],
    [{ id }, '"count"'],
    [{ id, count: 1, force: 1 }, '"force"'],
    [{ id, count: 1, other: 1 }, '"other", which this job does not know'],
  ])('refuses %j', (stored, message) => {
    expect(() => parse(stored)).toThrow(message);
  });
});
