import { typeChange } from './type-change.js';

describe('a change of a column’s type', () => {
  it.each([
    ['character varying(100)', 'character varying(255)'],
    ['character varying(100)', 'text'],
    ['text', 'character varying'],
    ['numeric(10,4)', 'numeric(12,4)'],
    ['numeric(10,4)', 'numeric'],
  ])('from %s to %s is a change of the catalogue alone', (from, to) => {
    expect(typeChange(from, to)).toEqual({ rewrites: false, loses: false, assigns: true });
  });

  it.each([
    ['text', 'character varying(255)'],
    ['character varying(255)', 'character varying(100)'],
    ['integer', 'bigint'],
    ['bigint', 'integer'],
    ['numeric(12,4)', 'numeric(10,4)'],
  ])('from %s to %s writes every row, and refuses a value that does not fit', (from, to) => {
    expect(typeChange(from, to)).toEqual({ rewrites: true, loses: false, assigns: true });
  });

  it.each([
    ['timestamp with time zone', 'date'],
    ['numeric(10,4)', 'numeric(10,2)'],
    ['numeric', 'numeric(10,2)'],
    ['text', 'uuid'],
    ['jsonb', 'text'],
    ['character(3)', 'character varying(3)'],
  ])('from %s to %s may make another value of it', (from, to) => {
    expect(typeChange(from, to).loses).toBe(true);
  });
});
