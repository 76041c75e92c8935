import type { FactMap, FactValue, SchemaFact } from '../catalogue/fact.js';
import type { Difference } from './difference.js';
import { saidOnce } from './said-once.js';

/**
 * Where `actual` differs from `expected`, in the order of their keys. What belongs to a missing or extra thing is not told apart: a
 * missing table is one difference, not one for each of its columns.
 */
export function differencesBetween(expected: FactMap, actual: FactMap): Difference[] {
  const keys = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return keys.flatMap((key) => differencesOf(expected.get(key), actual.get(key), expected, actual));
}

function differencesOf(wanted: SchemaFact | undefined, found: SchemaFact | undefined, expected: FactMap, actual: FactMap): Difference[] {
  if (wanted !== undefined && found !== undefined) return changesOf(wanted, found);
  if (wanted !== undefined) return isMissing(wanted.parent, expected, actual) ? [] : [{ verb: 'missing', fact: wanted }];
  if (found !== undefined) return isMissing(found.parent, actual, expected) ? [] : [{ verb: 'extra', fact: found }];
  return [];
}

/** Looks up everything that belongs to a thing of this side, and to what belongs to it, in the order of their keys. */
export function contentsIn(side: FactMap): (key: string) => SchemaFact[] {
  const children = new Map<string, SchemaFact[]>();
  for (const fact of side.values()) if (fact.parent !== undefined) children.set(fact.parent, [...(children.get(fact.parent) ?? []), fact]);
  const within = (key: string): SchemaFact[] => (children.get(key) ?? []).flatMap((child) => [child, ...within(child.key)]);
  return (key) => within(key).sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** Whether what the thing belongs to is on its own side only, and so says it all. */
function isMissing(parent: string | undefined, side: FactMap, other: FactMap): boolean {
  return parent !== undefined && side.has(parent) && !other.has(parent);
}

function changesOf(fact: SchemaFact, found: SchemaFact): Difference[] {
  const names = [...new Set([...Object.keys(fact.attributes), ...Object.keys(found.attributes)])].sort();
  const changes = names.flatMap((attribute): Extract<Difference, { verb: 'changed' }>[] => {
    const expected = fact.attributes[attribute] ?? null;
    const actual = found.attributes[attribute] ?? null;
    return canonical(expected) === canonical(actual) ? [] : [{ verb: 'changed', fact, found, attribute, expected, actual }];
  });
  return saidOnce(changes);
}

/** One text for one value, whatever the order of its names. */
export function canonical(value: FactValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
