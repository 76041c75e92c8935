import { columnOptions } from './column-options.js';
import { proveKind } from './testing/prove-kind.js';

const NOTE = 'column:app.own_column.note';

proveKind(columnOptions, [
  {
    name: 'sees a storage that is not that of the type, and sets it back',
    given: ['create table app.own_column (id int, note text, amount numeric, moves text)', 'alter table app.own_column alter moves set storage main'],
    by: 'owner',
    breaks: ['alter table app.own_column alter note set storage external, alter amount set storage external, alter moves set storage extended'],
    finds: [`column.storage ${NOTE}`, 'column.storage column:app.own_column.amount', 'column.storage column:app.own_column.moves'],
    known: { 'column:app.own_column.amount': { type: 'numeric' } },
  },
  {
    name: 'sees another compression, and sets it back',
    by: 'owner',
    breaks: ['alter table app.own_column alter note set compression pglz'],
    finds: [`column.compression ${NOTE}`],
  },
  {
    name: 'sees another statistics target, and sets it back',
    given: ['alter table app.own_column alter amount set statistics 500'],
    by: 'owner',
    breaks: ['alter table app.own_column alter note set statistics 0', 'alter table app.own_column alter amount set statistics -1'],
    finds: [`column.statisticsTarget ${NOTE}`, 'column.statisticsTarget column:app.own_column.amount'],
  },
  {
    name: 'sees a number of distinct values that the planner is told, and takes it back',
    given: ['alter table app.own_column alter amount set (n_distinct = 5)'],
    by: 'owner',
    breaks: [
      'alter table app.own_column alter note set (n_distinct = -0.5, n_distinct_inherited = 3)',
      'alter table app.own_column alter amount reset (n_distinct)',
    ],
    finds: [`column.options ${NOTE}`, 'column.options column:app.own_column.amount'],
  },
]);
