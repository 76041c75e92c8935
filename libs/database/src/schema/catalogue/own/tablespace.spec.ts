import { indexState } from './index-state.js';
import { tableStorage } from './table-storage.js';
import { proveServerKind } from './testing/prove-kind.js';

const PLACE = ['set allow_in_place_tablespaces = on', `create tablespace elsewhere location ''`];
const TABLE = ['create table app.placed (id int constraint placed_key primary key, note text)', 'create index placed_index on app.placed (note)'];

proveServerKind(tableStorage, [
  {
    name: 'sees a table on another tablespace, and moves it back',
    prepared: PLACE,
    given: TABLE,
    breaks: ['alter table app.placed set tablespace elsewhere'],
    finds: ['table.tablespace table:app.placed'],
  },
]);

proveServerKind(indexState, [
  {
    name: 'sees indexes on another tablespace, and moves them back',
    prepared: PLACE,
    given: TABLE,
    breaks: ['alter index app.placed_index set tablespace elsewhere', 'alter index app.placed_key set tablespace elsewhere'],
    finds: ['index.tablespace index:app.placed_index', 'constraint.indexTablespace constraint:app.placed.placed_key'],
  },
]);
