import { indexState } from './index-state.js';
import { proveKind } from './testing/prove-kind.js';

const SWITCH = (index: string, flag: string): string => `update pg_catalog.pg_index set ${flag} = false where indexrelid = 'app.${index}'::regclass`;

proveKind(indexState, [
  {
    name: 'sees an index that is not ready, and builds it again beside the work',
    given: [
      'create table app.own_indexed (id int constraint own_indexed_key primary key, note text)',
      'create index own_index on app.own_indexed (note, lower(note))',
    ],
    breaks: [SWITCH('own_index', 'indisready')],
    finds: ['index.ready index:app.own_index'],
  },
  {
    name: 'sees a key whose index is invalid, which the library does not look at, and builds it again',
    breaks: [SWITCH('own_indexed_key', 'indisvalid')],
    finds: ['constraint.indexReady constraint:app.own_indexed.own_indexed_key'],
  },
  {
    name: 'sees options of the index of a key, and sets them back',
    by: 'owner',
    breaks: ['alter index app.own_indexed_key set (fillfactor = 50)'],
    finds: ['constraint.indexOptions constraint:app.own_indexed.own_indexed_key'],
  },
  {
    name: 'sees statistics targets of an indexed expression, and sets them back',
    by: 'owner',
    breaks: ['alter index app.own_index alter column 2 set statistics 700'],
    finds: ['index.statisticsTargets index:app.own_index'],
  },
]);
