import { proveKind } from './testing/prove-kind.js';
import { tableStorage } from './table-storage.js';

const TABLE = 'table:app.own_stored';

proveKind(tableStorage, [
  {
    name: 'sees options of the large values of a table, and sets them back',
    given: ['create table app.own_stored (id int constraint own_stored_key primary key, note text) with (toast.autovacuum_vacuum_threshold = 70)'],
    by: 'owner',
    breaks: ['alter table app.own_stored set (toast.autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 80)'],
    finds: [`table.toastOptions ${TABLE}`],
  },
  {
    name: 'sees the index by which CLUSTER would order a table, and takes it back',
    by: 'owner',
    breaks: ['alter table app.own_stored cluster on own_stored_key'],
    finds: [`table.clusteredBy ${TABLE}`],
  },
  {
    name: 'sees that a table is bound to a type, and unbinds it',
    given: ['create type app.own_shape as (id int, note text)'],
    by: 'owner',
    breaks: ['alter table app.own_stored of app.own_shape'],
    finds: [`table.ofType ${TABLE}`],
  },
  {
    name: 'sees a second parent, which the library does not, and ends the inheritance',
    given: ['create table app.own_first (id int)', 'create table app.own_second (id int)', 'create table app.own_heir (id int) inherits (app.own_first)'],
    by: 'owner',
    breaks: ['alter table app.own_heir inherit app.own_second'],
    finds: ['table.moreParents table:app.own_heir'],
  },
  {
    name: 'sees a table outside the schema that inherits',
    breaks: ['create table public.own_outside () inherits (app.own_stored)'],
    finds: [`table.childrenElsewhere ${TABLE}`],
    byHand: ['drop table public.own_outside'],
  },
  {
    name: 'sees another access method, and sets it back',
    prepared: ['create access method own_heap type table handler heap_tableam_handler'],
    breaks: ['alter table app.own_stored set access method own_heap'],
    finds: [`table.accessMethod ${TABLE}`],
  },
]);
