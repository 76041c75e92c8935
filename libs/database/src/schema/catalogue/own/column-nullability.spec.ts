import { columnNullability } from './column-nullability.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(columnNullability, [
  {
    name: 'sees NOT NULL that was never checked, and checks it',
    since: 18,
    given: ['create table app.own_nullable (id int, note text not null)', `insert into app.own_nullable values (1, 'x')`],
    by: 'owner',
    breaks: ['alter table app.own_nullable alter note drop not null', 'alter table app.own_nullable add constraint "later, maybe" not null note not valid'],
    finds: ['column.unvalidatedNotNull column:app.own_nullable.note'],
  },
]);
