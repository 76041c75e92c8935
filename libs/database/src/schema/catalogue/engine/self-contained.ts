import type { Catalogue } from '../catalogue.js';
import { baseOf } from './extract.js';
import { SCHEMA } from '../../../migrations/journal.js';
import type { EngineState } from './engine-state.js';

/** The same without what ties it to tables outside of our schema, which the library refuses to plan by itself. */
export function selfContained({ engine }: Catalogue): EngineState {
  const facts = engine.base
    .facts()
    .map((fact) => (hasParentElsewhere(fact.payload['parentTable']) ? { ...fact, payload: { ...fact.payload, parentTable: null } } : fact));
  return { ...engine, base: baseOf({ facts, edges: engine.base.edges }) };
}

function hasParentElsewhere(parent: unknown): boolean {
  return typeof parent === 'object' && parent !== null && 'schema' in parent && parent.schema !== SCHEMA;
}
