import { otherObject } from './other-object.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(otherObject, [
  {
    name: 'sees operators, casts, text search and extensions in the schema',
    prepared: [
      'create extension file_fdw schema public',
      'create server own_server foreign data wrapper file_fdw',
      'create type app.own_pair as (a int)',
      `create function app.own_pair_text(app.own_pair) returns text language sql immutable as $$ select 'x' $$`,
    ],
    breaks: [
      'create operator app.=== (leftarg = int, rightarg = int, function = int4eq)',
      'create cast (app.own_pair as text) with function app.own_pair_text(app.own_pair)',
      'create text search configuration app.own_words (copy = pg_catalog.english)',
      'create type app.own_shell',
      `create foreign table app.own_foreign (a text) server own_server options (filename '/dev/null')`,
      'create extension citext schema app',
    ],
    finds: [
      'other-object.extra other-object:operator."app.===(integer,integer)"',
      'other-object.extra other-object:cast."(app.own_pair AS pg_catalog.text)"',
      'other-object.extra other-object:"text search configuration"."app.own_words"',
      'other-object.extra other-object:"foreign table"."app.own_foreign"',
      'other-object.extra other-object:extension.citext',
      'other-object.extra other-object:type."app.own_shell"',
    ],
    byHand: [
      'drop operator app.=== (int, int)',
      'drop cast (app.own_pair as text)',
      'drop text search configuration app.own_words',
      'drop type app.own_shell',
      'drop foreign table app.own_foreign',
      'drop extension citext',
    ],
  },
]);
