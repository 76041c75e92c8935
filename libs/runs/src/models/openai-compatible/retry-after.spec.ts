import { parseRetryAfter, retryDelay } from './retry-after.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');

it.each([
  ['7', 7_000],
  [' 0 ', 0],
  ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['99999999999', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads %j as %j ms', (header, ms) => {
  expect(parseRetryAfter(header, NOW)).toBe(ms);
});

it('waits as asked, else twice as long each time, and never beyond the cap', () => {
  expect([retryDelay(0, 3_000, 20_000), retryDelay(0, 90_000, 20_000), retryDelay(0, undefined, 20_000), retryDelay(3, undefined, 20_000)]).toEqual([
    3_000, 20_000, 500, 4_000,
  ]);
  expect(retryDelay(9, undefined, 20_000)).toBe(20_000);
});
