import { encodeId, parseId, type DependencyEdge, type EdgeKind, type Fact } from '@supabase/pg-delta';
import type { Catalogue } from '../catalogue.js';
import type { SchemaFact } from '../fact.js';
import type { EngineState } from './engine-state.js';
import { baseOf } from './extract.js';
import { schemaFactsOf } from './schema-facts.js';

/** The library's part of a catalogue as lines of JSON, each of one fact or one dependency. */
export function encodeEngine({ engine }: Pick<Catalogue, 'engine'>): string[] {
  const facts = engine.base
    .facts()
    .map(({ id, parent, payload }) => JSON.stringify({ fact: encodeId(id), ...(parent === undefined ? {} : { in: encodeId(parent) }), payload }));
  const edges = engine.base.edges.map(({ from, to, kind }) => JSON.stringify({ from: encodeId(from), to: encodeId(to), kind }));
  return [...facts, ...edges];
}

interface FactLine {
  readonly fact: string;
  readonly in?: string;
  readonly payload: Fact['payload'];
}

interface EdgeLine {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
}

/** The same back. Lines of other kinds are left alone. @throws what the library says of a key that it cannot read */
export function decodeEngine(lines: readonly object[], roles: readonly string[]): { engine: EngineState; facts: readonly SchemaFact[] } {
  const facts = lines
    .filter(isFact)
    .map((line): Fact => ({ id: parseId(line.fact), ...(line.in === undefined ? {} : { parent: parseId(line.in) }), payload: line.payload }));
  const edges = lines.filter(isEdge).map(({ from, to, kind }): DependencyEdge => ({ from: parseId(from), to: parseId(to), kind }));
  return { engine: { base: baseOf({ facts, edges }), roles }, facts: schemaFactsOf({ facts, edges }) };
}

function isFact(line: object): line is FactLine {
  return 'fact' in line && 'payload' in line;
}

function isEdge(line: object): line is EdgeLine {
  return 'from' in line && 'to' in line;
}
