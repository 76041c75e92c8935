import type { FactMap, SchemaFact } from '../catalogue/fact.js';
import { canonical, differencesBetween } from './differences.js';

function fact(key: string, attributes: SchemaFact['attributes'] = {}, parent?: string): SchemaFact {
  return { key, kind: key.split(':')[0] ?? '', name: key, attributes, ...(parent === undefined ? {} : { parent }) };
}

const facts = (...all: SchemaFact[]): FactMap => new Map(all.map((each) => [each.key, each]));

describe('the differences of two catalogues', () => {
  it('are none where both say the same, in whatever order', () => {
    const one = fact('table:a', { options: { x: 1, y: [2] }, owner: 'o' });
    const other = fact('table:a', { owner: 'o', options: { y: [2], x: 1 } });
    expect(differencesBetween(facts(one, fact('table:b')), facts(fact('table:b'), other))).toEqual([]);
  });

  it('name each attribute that differs, and take an absent one for none', () => {
    const found = differencesBetween(facts(fact('table:a', { x: 1, y: null })), facts(fact('table:a', { x: 2, z: true })));
    expect(found.map((difference) => difference.verb === 'changed' && [difference.attribute, difference.expected, difference.actual])).toEqual([
      ['x', 1, 2],
      ['z', null, true],
    ]);
  });

  it('tell a missing table and an extra one once, not once for each column', () => {
    const table = (name: string): SchemaFact[] => [fact(`table:${name}`), fact(`column:${name}.x`, {}, `table:${name}`)];
    const found = differencesBetween(facts(...table('a')), facts(...table('b')));
    expect(found.map(({ verb, fact: { key } }) => `${verb} ${key}`)).toEqual(['missing table:a', 'extra table:b']);
  });

  it('tell a missing column of a table that is there', () => {
    const found = differencesBetween(facts(fact('table:a'), fact('column:a.x', {}, 'table:a')), facts(fact('table:a')));
    expect(found.map(({ verb, fact: { key } }) => `${verb} ${key}`)).toEqual(['missing column:a.x']);
  });

  it('say which part of a function changed, and its whole text only where no part tells', () => {
    const changed = (attributes: SchemaFact['attributes']): SchemaFact => fact('function:f()', attributes);
    const attributesOf = (from: SchemaFact, to: SchemaFact): string[] =>
      differencesBetween(facts(from), facts(to)).flatMap((difference) => (difference.verb === 'changed' ? [difference.attribute] : []));
    expect(attributesOf(changed({ def: 'a', volatility: 's' }), changed({ def: 'b', volatility: 'i' }))).toEqual(['volatility']);
    expect(attributesOf(changed({ def: 'a' }), changed({ def: 'b' }))).toEqual(['def']);
    expect(attributesOf(changed({ def: 'a', owner: 'x' }), changed({ def: 'b', owner: 'y' }))).toEqual(['def', 'owner']);
  });

  it('write one value one way', () => {
    expect(canonical({ b: [1, 'x', null], a: { d: true, c: 2 } })).toBe('{"a":{"c":2,"d":true},"b":[1,"x",null]}');
  });
});
