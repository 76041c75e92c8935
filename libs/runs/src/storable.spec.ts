import { storableJson, storableText } from './storable.js';

describe('what PostgreSQL can hold', () => {
  it('is text without NUL and halves of surrogate pairs', () => {
    expect(storableText('a\0b\ud800c😀')).toBe('a\uFFFDb\uFFFDc😀');
  });

  it.each<[unknown, string]>([
    [{ 'a\0': ['b\udfff', { c: '\0' }] }, '{"a\uFFFD":["b\uFFFD",{"c":"\uFFFD"}]}'],
    [{ toJSON: 'no function', c: '\0' }, '{"toJSON":"no function","c":"\uFFFD"}'],
    [{ at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    [undefined, 'null'],
  ])('is %j as JSON', (value, expected) => {
    expect(storableJson(value)).toBe(expected);
  });
});
