import type { DriftCase, DriftCases } from './drift-case.js';

/** Cases that are broken one after the other, and then found and repaired together. */
export type Round = readonly [DriftCase, ...DriftCase[]];

/** The cases that this major version can be broken by, their kind before their names. */
export function casesOf(groups: readonly DriftCases[], major: number): DriftCase[] {
  return groups.flatMap(({ kind, cases }) => cases.filter(({ since = 15 }) => since <= major).map((one) => ({ ...one, name: `${kind}: ${one.name}` })));
}

/** `PLINTH_LIFECYCLE_SINGLY=1` gives each case a round of its own: slow, but it tells whose repair a round's failure is. */
const SINGLY = process.env['PLINTH_LIFECYCLE_SINGLY'] === '1';

/**
 * Puts cases into as few rounds as can be: those of one round are repaired by the same hands and touch nothing in common, so that each
 * finding is one case's.
 */
export function roundsOf(cases: readonly DriftCase[]): Round[] {
  const rounds: [DriftCase, ...DriftCase[]][] = [];
  for (const one of cases) {
    const round = SINGLY ? undefined : rounds.find((others) => others.every((other) => fitsWith(one, other)));
    if (round === undefined) rounds.push([one]);
    else round.push(one);
  }
  return rounds;
}

function fitsWith(one: DriftCase, other: DriftCase): boolean {
  if (one.repair !== other.repair || one.repair === 'manual' || one.alone === true || other.alone === true) return false;
  const touched = new Set(keysOf(other));
  return !keysOf(one).some((key) => touched.has(key));
}

function keysOf({ finds, alsoFinds = [] }: DriftCase): string[] {
  return [finds.key, ...alsoFinds.map(keyOf)].flatMap((key) => [key, ...targetOf(key)]);
}

/** What is described by a comment cannot be dropped beside it. */
function targetOf(key: string): string[] {
  const target = /^comment:\((.*)\)$/.exec(key)?.[1];
  return target === undefined ? [] : [target];
}

/** `key` of `key attribute`; a key may hold blanks, an attribute none. */
export function keyOf(found: string): string {
  return found.replace(/ \w+$/, '');
}
