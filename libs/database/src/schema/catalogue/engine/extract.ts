import { buildFactBase, extract } from '@supabase/pg-delta';
import type { Pool } from 'pg';
import type { SchemaFact } from '../fact.js';
import type { EngineState } from './engine-state.js';
import { managedFactsOf } from './managed-facts.js';
import { schemaFactsOf } from './schema-facts.js';

export interface Extracted {
  readonly engine: EngineState;
  readonly facts: readonly SchemaFact[];
  readonly serverVersion: string;
}

/** Lets the comparing library read the database of `pool`, in one snapshot. @throws what PostgreSQL says */
export async function extractManaged(pool: Pool): Promise<Extracted> {
  const { factBase, pgVersion } = await extract(pool);
  const managed = managedFactsOf(factBase);
  const roles = factBase.facts().flatMap(({ id }) => (id.kind === 'role' ? [id.name] : []));
  return { engine: { base: baseOf(managed), roles }, facts: schemaFactsOf(managed), serverVersion: pgVersion };
}

/** A base of its own from some facts and edges; owners may point at roles outside it. */
export function baseOf({ facts, edges }: Pick<ReturnType<typeof managedFactsOf>, 'facts' | 'edges'>): EngineState['base'] {
  return buildFactBase([...facts], [...edges], 'liveDb', new Set(), { allowDangling: ({ kind }) => kind === 'owner' });
}
