import { draft, type DraftStep } from './draft-step.js';
import { transactionsOf } from './transactions.js';

const step = (parts: Partial<DraftStep> = {}): DraftStep => draft('select 1', ['table:app.run'], parts);

describe('the transactions of a plan', () => {
  it('are as short as they may be: one for each step that stands alone', () => {
    expect(transactionsOf([step(), step(), step()])).toEqual([1, 2, 3]);
  });

  it('hold what must commit together, with everything that stands in between', () => {
    const guarded = step({ together: 'row security run' });
    expect(transactionsOf([step(), guarded, step(), guarded, step()])).toEqual([1, 2, 2, 2, 3]);
  });

  it('grow together where what must commit together overlaps', () => {
    const [run, task] = [step({ together: 'run' }), step({ together: 'task' })];
    expect(transactionsOf([run, task, run, step(), task, step()])).toEqual([1, 1, 1, 1, 1, 2]);
  });

  it('leave alone what refuses to run in one', () => {
    expect(transactionsOf([step(), step({ transactional: false }), step()])).toEqual([1, null, 2]);
  });
});
