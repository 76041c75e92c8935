import { encodeId, type DependencyEdge, type Fact } from '@supabase/pg-delta';
import type { Catalogue } from '../catalogue.js';
import type { SchemaFact } from '../fact.js';
import { baseOf } from './extract.js';

/**
 * `actual` with some facts as `expected` has them: the aim of a repair of these alone. What such a fact belongs to comes along where it
 * is missing, and so does what belongs to it.
 */
export function partlyExpected(actual: Catalogue, expected: Catalogue, keys: ReadonlySet<string>): Catalogue {
  const chosen = choose(actual, expected, keys);
  const facts = new Map<string, Fact>();
  for (const fact of actual.engine.base.facts()) if (!chosen.has(encodeId(fact.id))) facts.set(encodeId(fact.id), fact);
  for (const fact of expected.engine.base.facts()) if (chosen.has(encodeId(fact.id))) facts.set(encodeId(fact.id), fact);
  const edges = [...edgesOf(actual, (key) => !chosen.has(key)), ...edgesOf(expected, (key) => chosen.has(key))];
  return {
    ...expected,
    engine: { ...expected.engine, base: baseOf({ facts: [...facts.values()], edges }) },
    facts: factsOf(actual, expected, chosen),
  };
}

function choose(actual: Catalogue, expected: Catalogue, keys: ReadonlySet<string>): ReadonlySet<string> {
  const chosen = new Set(keys);
  for (const key of keys) {
    for (let parent = parentOf(key); parent !== undefined && !actual.facts.has(parent); parent = parentOf(parent)) chosen.add(parent);
  }
  const withChildren = [...expected.facts.values(), ...actual.facts.values()];
  for (let grown = true; grown;) {
    grown = false;
    for (const { key, parent } of withChildren) {
      if (parent === undefined || chosen.has(key) || !chosen.has(parent)) continue;
      // A thing that is on both sides keeps its own children: only what comes or goes takes them along.
      if (actual.facts.has(parent) && expected.facts.has(parent)) continue;
      chosen.add(key);
      grown = true;
    }
  }
  return chosen;

  function parentOf(key: string): string | undefined {
    return (expected.facts.get(key) ?? actual.facts.get(key))?.parent;
  }
}

function edgesOf(side: Catalogue, isFrom: (key: string) => boolean): DependencyEdge[] {
  return side.engine.base.edges.filter(({ from }) => isFrom(encodeId(from)));
}

function factsOf(actual: Catalogue, expected: Catalogue, chosen: ReadonlySet<string>): ReadonlyMap<string, SchemaFact> {
  const kept = [...actual.facts].filter(([key]) => !chosen.has(key));
  return new Map([...kept, ...[...expected.facts].filter(([key]) => chosen.has(key))]);
}
