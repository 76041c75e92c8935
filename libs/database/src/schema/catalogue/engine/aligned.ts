import { encodeId, type Fact, type FactBase } from '@supabase/pg-delta';
import type { Catalogue } from '../catalogue.js';
import { baseOf } from './extract.js';

/**
 * Both sides without the differences for which the library would drop a column or a table and make it again, where PostgreSQL can alter
 * it and keep its values: plan/unplanned.ts writes those. Inheritance is never its to plan: a parent may be outside of our schema.
 */
export function aligned(from: Catalogue, to: Catalogue): { readonly from: FactBase; readonly to: FactBase } {
  const wanted = new Map(to.engine.base.facts().map((fact) => [encodeId(fact.id), fact]));
  const source = from.engine.base.facts().map((fact) => withoutParent(keptColumn(fact, wanted.get(encodeId(fact.id)), from)));
  const target = to.engine.base.facts().map(withoutParent);
  return { from: baseOf({ facts: source, edges: from.engine.base.edges }), to: baseOf({ facts: target, edges: to.engine.base.edges }) };
}

function withoutParent(fact: Fact): Fact {
  const { parentTable = null, partitionBound = null } = fact.payload;
  return fact.id.kind !== 'table' || parentTable === null || partitionBound !== null ? fact : { ...fact, payload: { ...fact.payload, parentTable: null } };
}

function keptColumn(fact: Fact, wanted: Fact | undefined, { facts }: Catalogue): Fact {
  if (fact.id.kind !== 'column' || wanted === undefined) return fact;
  const { collation = null, generatedExpr = null } = wanted.payload;
  const isStored = facts.get(encodeId(fact.id))?.attributes['generated'] === 'STORED';
  const keepsValues = generatedExpr === null && isStored;
  return { ...fact, payload: { ...fact.payload, collation, ...(keepsValues ? { generatedExpr } : {}) } };
}
