import type { DependencyEdge, Fact, FactBase, StableId } from '@supabase/pg-delta';
import { SCHEMA } from '../../../migrations/journal.js';

/** The role whose default privileges are ours to say. */
const OWNER = 'app_owner';

/** Which facts of a database are ours: the schema `app` with all that is in it, and what its owner gives away by default. */
export function isManaged(id: StableId): boolean {
  switch (id.kind) {
    case 'schema':
      return id.name === SCHEMA;
    case 'defaultPrivilege':
      return id.role === OWNER && (id.schema === null || id.schema === SCHEMA);
    case 'comment':
    case 'acl':
    case 'securityLabel':
      return isManaged(id.target);
    default:
      return 'schema' in id && id.schema === SCHEMA;
  }
}

export interface ManagedFacts {
  readonly facts: readonly Fact[];
  readonly edges: readonly DependencyEdge[];
}

/** Takes what is ours out of a whole database. Owners stay as edges to roles that are not part of it: roles belong to the server. */
export function managedFactsOf(whole: FactBase): ManagedFacts {
  const facts = whole.facts().filter(({ id }) => isManaged(id));
  const isOurs = (id: StableId): boolean => whole.has(id) && isManaged(id);
  const edges = whole.edges.filter((edge) => isOurs(edge.from) && (isOurs(edge.to) || edge.kind === 'owner'));
  return { facts, edges };
}
