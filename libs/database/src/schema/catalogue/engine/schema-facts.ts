import { encodeId, type DependencyEdge, type Fact, type StableId } from '@supabase/pg-delta';
import type { FactValue, SchemaFact } from '../fact.js';
import type { ManagedFacts } from './managed-facts.js';

/** What the library found, in our own words. Its own side notes (names that begin with `_`) are not compared. */
export function schemaFactsOf({ facts, edges }: ManagedFacts): SchemaFact[] {
  const owners = ownersOf(edges);
  return facts.map((fact) => {
    const key = encodeId(fact.id);
    const owner = owners.get(key);
    return {
      key,
      kind: kindOf(fact.id),
      name: nameOf(fact.id),
      ...tableOf(fact),
      ...(fact.parent === undefined ? {} : { parent: encodeId(fact.parent) }),
      attributes: { ...attributesOf(fact), ...(owner === undefined ? {} : { owner }) },
    };
  });
}

function ownersOf(edges: readonly DependencyEdge[]): ReadonlyMap<string, string> {
  return new Map(edges.flatMap(({ kind, from, to }) => (kind === 'owner' && to.kind === 'role' ? [[encodeId(from), to.name] as const] : [])));
}

/** `grant` says more than the catalogue's own word. */
function kindOf(id: StableId): string {
  return id.kind === 'acl' ? 'grant' : id.kind;
}

/** As it is said in SQL, without quotes. */
export function nameOf(id: StableId): string {
  switch (id.kind) {
    case 'acl':
      return `${nameOf(id.target)}${id.column === undefined ? '' : `.${id.column}`} to ${id.grantee}`;
    case 'comment':
      return `${id.target.kind} ${nameOf(id.target)}`;
    case 'securityLabel':
      return `${id.target.kind} ${nameOf(id.target)} for ${id.provider}`;
    case 'defaultPrivilege':
      return `${id.role} on ${id.objtype} to ${id.grantee}${id.schema === null ? '' : ` in ${id.schema}`}`;
    case 'function':
    case 'procedure':
    case 'aggregate':
      return `${id.schema}.${id.name}(${id.args.join(', ')})`;
    case 'typeAttribute':
      return `${id.schema}.${id.type}.${id.name}`;
    default:
      if ('table' in id && 'name' in id) return `${id.schema}.${id.table}.${id.name}`;
      if ('schema' in id && 'name' in id) return `${id.schema}.${id.name}`;
      return 'name' in id ? id.name : encodeId(id);
  }
}

function tableOf({ id, parent }: Pick<Fact, 'id' | 'parent'>): { table: string } | Record<string, never> {
  if (id.kind === 'table') return { table: id.name };
  if ('target' in id) return tableOf({ id: id.target });
  if ('table' in id) return { table: id.table };
  return parent?.kind === 'table' ? { table: parent.name } : {};
}

function attributesOf(fact: Fact): Record<string, FactValue> {
  return Object.fromEntries(
    Object.entries(fact.payload)
      .filter(([name, value]) => !name.startsWith('_') && value !== undefined)
      .map(([name, value]) => [name, plain(value)]),
  );
}

function plain(value: Fact['payload'][string]): FactValue {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  return value ?? null;
}
