import type { Catalogue } from '../../catalogue/catalogue.js';
import { schemaFactsOf } from '../../catalogue/engine/schema-facts.js';
import type { FactMap, SchemaFact } from '../../catalogue/fact.js';
import { OWN_FACT_KINDS } from '../../catalogue/own/kinds.js';

/** What we read ourselves, as lines of JSON: of a fact that the library has too, only our own attributes. */
export function encodeOwn({ facts, engine, major }: Catalogue): string[] {
  const theirs = new Map(schemaFactsOf({ facts: engine.base.facts(), edges: engine.base.edges }).map((fact) => [fact.key, fact]));
  const ofServer = new Set(OWN_FACT_KINDS.flatMap((kind) => kind.expected?.({ major }) ?? []).map(({ key }) => key));
  return [...facts.values()].filter(({ key }) => !ofServer.has(key)).flatMap((fact) => ownLine(fact, theirs));
}

function ownLine(fact: SchemaFact, theirs: FactMap): string[] {
  const known = theirs.get(fact.key)?.attributes ?? {};
  const attributes = Object.fromEntries(Object.entries(fact.attributes).filter(([name]) => !(name in known)));
  if (theirs.has(fact.key)) return Object.keys(attributes).length === 0 ? [] : [JSON.stringify({ own: fact.key, attributes })];
  return [JSON.stringify({ own: fact.key, as: { ...fact, attributes } })];
}

/** The same back, put together with what the library knows, and with what belongs to the server. */
export function withOwn(lines: readonly object[], theirs: readonly SchemaFact[], major: number): FactMap {
  const facts = new Map(theirs.map((fact) => [fact.key, fact]));
  for (const line of lines) {
    if (isWhole(line)) facts.set(line.own, line.as);
    else if (isPart(line)) {
      const known = facts.get(line.own);
      if (known !== undefined) facts.set(line.own, { ...known, attributes: { ...known.attributes, ...line.attributes } });
    }
  }
  for (const fact of OWN_FACT_KINDS.flatMap((kind) => kind.expected?.({ major }) ?? [])) facts.set(fact.key, fact);
  return facts;
}

function isWhole(line: object): line is { readonly own: string; readonly as: SchemaFact } {
  return 'own' in line && 'as' in line;
}

function isPart(line: object): line is { readonly own: string; readonly attributes: SchemaFact['attributes'] } {
  return 'own' in line && 'attributes' in line;
}
