import type { Difference } from './difference.js';

type Change = Extract<Difference, { verb: 'changed' }>;

/** By kind: attributes that differ whenever another one of the same thing does, which then says it better. */
const SAID_BY: Readonly<Record<string, Readonly<Record<string, (change: Change, others: ReadonlyMap<string, Change>) => boolean>>>> = {
  // A function's whole definition, of which we read the parts as well.
  function: { def: (_change, others) => [...others.keys()].some((name) => name !== 'owner') },
  procedure: { def: (_change, others) => [...others.keys()].some((name) => name !== 'owner') },
  column: {
    // What counts for an identity comes and goes with it.
    identityType: (_change, others) => others.has('identity'),
    identityPersistence: (_change, others) => others.has('identity'),
    // Whether it is kept or computed says nothing where it is computed on one side only.
    generated: (change, others) => others.has('generatedExpr') && (change.expected === null || change.actual === null),
  },
  constraint: {
    def: (change, others) => (others.has('validated') || others.has('enforced')) && unproven(change.expected) === unproven(change.actual),
    validated: (_change, others) => others.has('enforced') || onlySays('def', others),
  },
};

/** The changes of one thing without those that another one of them says better. */
export function saidOnce(changes: readonly Change[]): Change[] {
  return changes.filter((change) => {
    const others = new Map(changes.filter((other) => other !== change).map((other) => [other.attribute, other]));
    return SAID_BY[change.fact.kind]?.[change.attribute]?.(change, others) !== true;
  });
}

/** A definition that differs by itself, so that it says too whether it holds for all rows. */
function onlySays(attribute: string, others: ReadonlyMap<string, Change>): boolean {
  const other = others.get(attribute);
  return other !== undefined && unproven(other.expected) !== unproven(other.actual);
}

/** A definition without the words on whether it was checked, as PostgreSQL prints them at its end. */
function unproven(definition: Change['expected']): string {
  return typeof definition === 'string' ? definition.replace(/( NOT VALID| NOT ENFORCED)+$/, '') : '';
}
