import type { Reference } from '../persistence/references.js';
import { ReferenceCycleError } from './errors.js';
import { rowsThatGo, tablesThatGo } from './reference-graph.js';

function reference(child: string, parent: string, onDelete: Reference['onDelete'] = 'CASCADE'): Reference {
  return { child, parent, onDelete, columns: [`${parent}_id`], parentColumns: ['id'], nullableColumns: [], childKey: ['id'], isReadable: true };
}

describe('the tables whose rows go with a row', () => {
  it('come after all those that their rows go with, and none is left out', () => {
    const references = [
      reference('answer', 'step'),
      reference('answer', 'root'),
      reference('step', 'run'),
      reference('run', 'root'),
      reference('run', 'run'),
      reference('note', 'root', 'SET NULL'),
      reference('copy', 'run', 'NO ACTION'),
      reference('elsewhere', 'note'),
      reference('run', 'elsewhere'),
    ];
    expect(tablesThatGo(references, 'root')).toEqual(['root', 'run', 'step', 'answer']);
  });

  it('are refused where they go with one another in a circle', () => {
    const references = [reference('a', 'root'), reference('a', 'b'), reference('b', 'a')];
    expect(() => tablesThatGo(references, 'root')).toThrow(ReferenceCycleError);
  });

  it('are collected along every reference, the one to the table itself last', () => {
    const references = [reference('run', 'run'), reference('run', 'root')];
    expect(rowsThatGo(references, tablesThatGo(references, 'root'))).toBe(
      'go0 as (select id from root where id = :user), ' +
        'go1 as (select c.id from run c join go0 p on c.root_id = p.id union select c.id from run c join go1 p on c.run_id = p.id)',
    );
  });
});
