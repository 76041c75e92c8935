import { functionParts } from './function-parts.js';
import { proveKind } from './testing/prove-kind.js';

const KEY = 'function:app.own_answer(integer,"character varying")';
const MAKE = (body: string): string =>
  `create or replace function app.own_answer(a integer, b varchar) returns setof int language sql stable security definer set search_path to pg_catalog, pg_temp as $$ ${body} $$`;
const alter = (action: string): readonly string[] => [`alter function app.own_answer ${action}`];

proveKind(functionParts, [
  {
    name: 'sees that a function runs with other rights, and sets it back',
    given: [MAKE('select 1')],
    by: 'owner',
    breaks: alter('security invoker'),
    finds: [`function.securityDefiner ${KEY}`],
  },
  { name: 'sees another volatility', by: 'owner', breaks: alter('immutable'), finds: [`function.volatility ${KEY}`] },
  { name: 'sees that the search path is gone', by: 'owner', breaks: alter('reset search_path'), finds: [`function.searchPath ${KEY}`] },
  { name: 'sees another search path', by: 'owner', breaks: alter(`set search_path to public, "odd, name"`), finds: [`function.searchPath ${KEY}`] },
  {
    name: 'sees a search path where none should be',
    given: ['create function app.own_plain() returns int language sql as $$ select 1 $$'],
    by: 'owner',
    breaks: [`alter function app.own_plain set search_path to ''`],
    finds: ['function.searchPath function:app.own_plain()'],
  },
  {
    name: 'sees other settings, and sets them back',
    given: [...alter(`set work_mem to '8MB'`), ...alter(`set temp_tablespaces to ''`)],
    by: 'owner',
    breaks: [...alter('set row_security to off'), ...alter(`set work_mem to '9MB'`), ...alter('reset temp_tablespaces')],
    finds: [`function.settings ${KEY}`],
  },
  {
    name: 'sees that names of a search path are gone, and gives back odd ones too',
    given: [`create function app.own_odd() returns int language sql set search_path to '', "odd, name", 'a"b' as $$ select 1 $$`],
    by: 'owner',
    breaks: ['alter function app.own_odd reset search_path'],
    finds: ['function.searchPath function:app.own_odd()'],
  },
  { name: 'sees another parallel safety', by: 'owner', breaks: alter('parallel safe'), finds: [`function.parallel ${KEY}`] },
  { name: 'sees that NULL is no longer passed in', by: 'owner', breaks: alter('strict'), finds: [`function.strict ${KEY}`] },
  { name: 'sees another cost and number of rows', by: 'owner', breaks: alter('cost 7 rows 3'), finds: [`function.cost ${KEY}`, `function.rows ${KEY}`] },
  { name: 'sees that a function became leakproof', breaks: alter('leakproof'), finds: [`function.leakproof ${KEY}`] },
  {
    name: 'sees that a function is no longer leakproof, which an administrator sets back',
    prepared: alter('leakproof'),
    by: 'owner',
    breaks: alter('not leakproof'),
    finds: [`function.leakproof ${KEY}`],
  },
  {
    name: 'sees another body, and makes the function as it was defined',
    prepared: alter('not leakproof'),
    given: [MAKE('select 1'), ...alter('reset all'), MAKE('select 1')],
    by: 'owner',
    breaks: [MAKE('select 2')],
    finds: [`function.body ${KEY}`],
    known: { [KEY]: { def: MAKE('select 1') } },
  },
  {
    name: 'sees the body of a function in standard SQL',
    given: ['create function app.own_standard() returns int language sql return 1'],
    by: 'owner',
    breaks: ['create or replace function app.own_standard() returns int language sql return 2'],
    finds: ['function.body function:app.own_standard()'],
    known: { 'function:app.own_standard()': { def: 'create or replace function app.own_standard() returns int language sql return 1' } },
  },
  {
    name: 'sees that a procedure runs with other rights',
    given: [`create procedure app.own_deed() language sql as 'select 1'`],
    by: 'owner',
    breaks: ['alter procedure app.own_deed security definer'],
    finds: ['procedure.securityDefiner procedure:app.own_deed()'],
  },
]);
