import { constraintEnforced } from './constraint-enforced.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(constraintEnforced, [
  {
    name: 'sees a check that is not enforced, and makes it again',
    since: 18,
    given: ['create table app.own_enforced (id int primary key, size int constraint own_size check (size > 0))', 'insert into app.own_enforced values (1, 1)'],
    by: 'owner',
    breaks: ['alter table app.own_enforced drop constraint own_size, add constraint own_size check (size > 0) not enforced'],
    finds: ['constraint.enforced constraint:app.own_enforced.own_size'],
    known: { 'constraint:app.own_enforced.own_size': { def: 'CHECK ((size > 0))', type: 'c' } },
  },
  {
    name: 'sees a foreign key that is not enforced, and makes it again',
    since: 18,
    given: [
      'create table app.own_enforced_child (parent int constraint own_parent references app.own_enforced)',
      'insert into app.own_enforced_child values (1)',
    ],
    by: 'owner',
    breaks: ['alter table app.own_enforced_child alter constraint own_parent not enforced'],
    finds: ['constraint.enforced constraint:app.own_enforced_child.own_parent'],
    known: { 'constraint:app.own_enforced_child.own_parent': { def: 'FOREIGN KEY (parent) REFERENCES app.own_enforced(id)', type: 'f' } },
  },
  {
    name: 'sees a key enforced that should not be, and lets it go',
    since: 18,
    given: ['create table app.own_loose (parent int constraint own_loose references app.own_enforced not enforced)'],
    by: 'owner',
    breaks: ['alter table app.own_loose alter constraint own_loose enforced'],
    finds: ['constraint.enforced constraint:app.own_loose.own_loose'],
  },
]);
