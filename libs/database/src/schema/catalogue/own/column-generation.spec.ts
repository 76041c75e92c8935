import { columnGeneration } from './column-generation.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(columnGeneration, [
  {
    name: 'sees a STORED column that became VIRTUAL',
    since: 18,
    given: ['create table app.own_generated (id int, twice int generated always as (id * 2) stored)'],
    by: 'owner',
    breaks: ['alter table app.own_generated drop twice, add twice int generated always as (id * 2) virtual'],
    finds: ['column.generated column:app.own_generated.twice'],
    byHand: ['alter table app.own_generated drop twice, add twice int generated always as (id * 2) stored'],
  },
  {
    name: 'sees the sequence of an identity column count in another type, and sets it back',
    given: ['create table app.own_identity (id bigint generated always as identity)'],
    by: 'owner',
    breaks: ['alter sequence app.own_identity_id_seq as int'],
    finds: ['column.identityType column:app.own_identity.id'],
  },
]);
