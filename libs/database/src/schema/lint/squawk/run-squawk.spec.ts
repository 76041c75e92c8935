import { SquawkUnusableError } from '../errors.js';
import { runSquawk } from './run-squawk.js';

const rules = async (statements: readonly string[], inTransaction = true): Promise<string[]> =>
  (await runSquawk(statements, { inTransaction })).map(({ statement, rule }) => `${statement} ${rule}`);

describe('squawk', () => {
  it('says what may break older replicas, at the statement that does it', async () => {
    expect(await rules(['-- a comment\nselect 1', 'alter table app.note\n  drop column title', 'alter table app.note rename column body to content'])).toEqual([
      '1 squawk/ban-drop-column',
      '2 squawk/renaming-column',
    ]);
  });

  it('says nothing where our own rules know better', async () => {
    expect(await rules([`alter table app.note add column pages integer not null`, 'create index ix_note_title on app.note (title)'])).toEqual([]);
  });

  it('knows whether the migration runs in a transaction', async () => {
    const statement = ['select 1', 'create index concurrently ix_note_title on app.note (title)'];
    expect([await rules(statement, true), await rules(statement, false)]).toEqual([['1 squawk/ban-concurrent-index-creation-in-transaction'], []]);
  });

  it('that is not there has not looked', async () => {
    await expect(runSquawk(['select 1'], { inTransaction: true, program: '/no/such/squawk' })).rejects.toThrow(SquawkUnusableError);
    await expect(runSquawk(['select 1'], { inTransaction: true, program: '/bin/false' })).rejects.toThrow(SquawkUnusableError);
  });

  it('takes statements with parameters', async () => {
    expect(await rules(['update app.note set title = $1 where org_id = $2'])).toEqual([]);
  });
});
