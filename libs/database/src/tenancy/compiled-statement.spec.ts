import { bindStatement, compileStatement } from './compiled-statement.js';
import { ParameterValueError, StatementParameterError } from './errors.js';

const orgId = '00000000-0000-7000-8000-000000000001';

it.each([
  ['select :a', 'select $1', ['a']],
  ['select :a, :b, :a', 'select $1, $2, $1', ['a', 'b']],
  ['select :a::int', 'select $1::int', ['a']],
  ["select ':a', :b", "select ':a', $1", ['b']],
  ["select 'it''s :a', :b", "select 'it''s :a', $1", ['b']],
  ["select E'\\':a', :b", "select E'\\':a', $1", ['b']],
  ["select e'x'\n 'y\\' :a', :b", "select e'x'\n 'y\\' :a', $1", ['b']],
  ["select 'a\\', :b", "select 'a\\', $1", ['b']],
  ["select name'\\', :b", "select name'\\', $1", ['b']],
  ['select ":a", :b', 'select ":a", $1', ['b']],
  ['select "x"":a", :b', 'select "x"":a", $1', ['b']],
  ['select $$ :a $$, :b', 'select $$ :a $$, $1', ['b']],
  ['select $t$ $$ :a $t$, :b', 'select $t$ $$ :a $t$, $1', ['b']],
  ['select 1 -- :a\n, :b', 'select 1 -- :a\n, $1', ['b']],
  ['select 1 /* :a /* :b */ :c */, :d', 'select 1 /* :a /* :b */ :c */, $1', ['d']],
  ['select tags[1:2], tags[lo:hi], tags[(1):n]', 'select tags[1:2], tags[lo:hi], tags[(1):n]', []],
  ['select array[:a,:b]', 'select array[$1,$2]', ['a', 'b']],
  ['select f(x := :a)', 'select f(x := $1)', ['a']],
  ['select a$b, :c', 'select a$b, $1', ['c']],
])('compiles %j', (text, compiled, names) => {
  expect(compileStatement(text)).toMatchObject({ text: compiled, names });
});

it('refuses positions, since names become positions', () => {
  expect(() => compileStatement('select $1')).toThrow(StatementParameterError);
});

it('fills in the organization, and takes none from the caller', () => {
  expect(bindStatement('select :orgId, :a', { a: 1 }, orgId).values).toEqual([orgId, '1']);
  expect(() => bindStatement('select :orgId', { orgId }, orgId)).toThrow('"orgId" is filled in');
  expect(() => bindStatement('select 1', { orgId }, orgId)).toThrow('"orgId" is filled in');
  expect(bindStatement('select :orgId', { orgId }, null).values).toEqual([orgId]);
});

it('names every parameter without a value and every value without a parameter', () => {
  expect(() => bindStatement('select :a, :b, :c', { b: 1, c: undefined }, null)).toThrow('No value for ":a", ":c"');
  expect(() => bindStatement('select :a', { a: 1, b: 2, c: 3 }, null)).toThrow('no parameter ":b", ":c"');
  expect(() => bindStatement('select :toString', {}, null)).toThrow('No value for ":toString"');
  expect(bindStatement('select :a', { a: null }, null).values).toEqual([null]);
});

it('refuses a value that cannot be sent, by position', () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  expect(() => bindStatement('select :a, :b', { a: 1, b: circular }, null)).toThrow(ParameterValueError);
  expect(() => bindStatement('select :a', { a: new Date(Number.NaN) }, null)).toThrow('parameter 1');
  expect(() => bindStatement('select :a', { a: Symbol('x') }, null)).not.toThrow('undefined');
});
