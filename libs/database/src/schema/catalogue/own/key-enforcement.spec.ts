import { keyEnforcement } from './key-enforcement.js';
import { proveKind } from './testing/prove-kind.js';

const KEY = 'constraint:app.own_child.own_key';
const KNOWN = { [KEY]: { def: 'FOREIGN KEY (parent) REFERENCES app.own_parent(id)', type: 'f' } };

proveKind(keyEnforcement, [
  {
    name: 'sees a foreign key whose triggers are disabled where it points from, and makes it again as the owner',
    given: [
      'create table app.own_parent (id int primary key)',
      'create table app.own_child (parent int constraint own_key references app.own_parent)',
      'insert into app.own_parent values (1)',
      'insert into app.own_child values (1)',
    ],
    breaks: ['alter table app.own_child disable trigger all'],
    finds: [`constraint.switchedTriggers ${KEY}`],
    known: KNOWN,
  },
  {
    name: 'sees it also where only the table it points to was switched',
    breaks: ['alter table app.own_parent disable trigger all'],
    finds: [`constraint.switchedTriggers ${KEY}`],
    known: KNOWN,
  },
  {
    name: 'sees a deferrable unique key that is not checked, which an administrator enables',
    given: ['create table app.own_unique (id int constraint own_once unique deferrable initially deferred)'],
    breaks: ['alter table app.own_unique disable trigger all'],
    finds: ['constraint.switchedTriggers constraint:app.own_unique.own_once'],
    known: { 'constraint:app.own_unique.own_once': { def: 'UNIQUE (id) DEFERRABLE INITIALLY DEFERRED', type: 'u' } },
  },
]);
