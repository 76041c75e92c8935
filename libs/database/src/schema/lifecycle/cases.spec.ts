import { ALL_CASES } from '../testing/lifecycle/cases/index.js';
import { SAME_CASES } from '../testing/lifecycle/cases/same.cases.js';

const DRIFTS = ALL_CASES.flatMap(({ kind, cases }) => cases.map(({ name }) => `${kind}: ${name}`));

describe('the cases of the lifecycle', () => {
  test('are at least 120 kinds of drift, each with a name of its own', () => {
    expect(new Set(DRIFTS).size).toBe(DRIFTS.length);
    expect(DRIFTS.length).toBeGreaterThanOrEqual(120);
  });

  test('are at least 25 changes that are no drift', () => {
    expect(new Set(SAME_CASES.map(({ name }) => name)).size).toBeGreaterThanOrEqual(25);
  });

  test.each(ALL_CASES)('of kind $kind name what must be read', ({ cases }) => {
    expect(cases.filter(({ finds }) => finds.words.length === 0)).toEqual([]);
  });
});
