import { encodeId, type DependencyEdge, type Fact, type FactBase, type StableId } from '@supabase/pg-delta';
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

/**
 * Takes what is ours out of a whole database, without what an extension owns, and without what belongs to something that is not ours (a
 * table's place in a publication): those we report ourselves. Owners stay as edges to roles that are not part of it: roles belong to the
 * server.
 */
export function managedFactsOf(whole: FactBase): ManagedFacts {
  const ofExtensions = new Set(whole.edges.flatMap(({ kind, from }) => (kind === 'memberOfExtension' ? [encodeId(from)] : [])));
  const ours = new Map<string, Fact>();
  const isOurs = ({ id, parent }: Fact): boolean => isManaged(id) && !ofExtensions.has(encodeId(id)) && (parent === undefined || ours.has(encodeId(parent)));
  for (const root of whole.roots()) takeIn(root);
  const facts = [...ours.values()];
  const has = (id: StableId): boolean => ours.has(encodeId(id));
  return { facts, edges: whole.edges.filter((edge) => has(edge.from) && (has(edge.to) || edge.kind === 'owner')) };

  function takeIn(fact: Fact): void {
    if (isOurs(fact)) ours.set(encodeId(fact.id), fact);
    for (const child of whole.childrenOf(fact.id)) takeIn(child);
  }
}
