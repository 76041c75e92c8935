import { StatementRefusedError } from './errors.js';
import { guardStatement } from './statement-guard.js';

const refused = [
  'set role app_admin',
  'SET LOCAL app.current_org_id = 1',
  'reset all',
  'discard all',
  'do $$ begin end $$',
  'begin',
  'start transaction',
  'commit',
  'end',
  'rollback',
  'abort',
  'savepoint a',
  'release a',
  'prepare a as select 1',
  'execute a',
  'deallocate all',
  'listen a',
  'unlisten *',
  'notify a',
  'copy app.agent to stdout',
  'call p()',
  'lock table app.agent',
  'declare c cursor for select 1',
  'fetch c',
  'truncate app.agent',
  'create table t ()',
  'grant all on t to x',
  'alter role x superuser',
  'vacuum',
  'refresh materialized view v',
  'security label on x is null',
];

it.each(refused)('refuses %s', (text) => {
  expect(() => guardStatement(text)).toThrow(StatementRefusedError);
});

it.each([
  '-- select\nset role x',
  '/* select */ set role x',
  '/* a /* nested */ select */ set role x',
  ';set role x',
  '; ; (set role x',
  '\t\r\n\fset role x',
  '/**/--\n/* */;;SeT role x',
  '\u00a0select 1',
  '',
  '   ',
  '-- only a comment',
  '/* unterminated select 1',
  'select 1\0; set role x',
  '"select" 1',
  'explain execute a',
  'explain (analyze, verbose) execute a',
  'explain analyze create table t as select 1',
  'explain analyze verbose declare c cursor for select 1',
  'explain (analyze /*) select */) execute a',
  'explain (analyze --) select\n) execute a',
  "explain (format ') select ') execute a",
  'explain (values) execute a',
  '\ufeffselect 1',
])('is not fooled by what stands before the keyword: %j', (text) => {
  expect(() => guardStatement(text)).toThrow(StatementRefusedError);
});

it.each([
  'select 1',
  'SELECT\n1',
  '(select 1)',
  '((select 1) union (select 2))',
  'with a as (select 1) select * from a',
  'values (1)',
  'table app.agent',
  'insert into t values (1)',
  'update t set a = 1',
  'delete from t',
  'merge into t using s on true when matched then delete',
  '-- why\nselect 1',
  '/* set */ select 1',
  'explain select 1',
  'explain (analyze, buffers) select 1',
  'explain analyze verbose select 1',
  'explain (select 1)',
  'select 1;',
])('sends %s', (text) => {
  expect(() => guardStatement(text)).not.toThrow();
});
