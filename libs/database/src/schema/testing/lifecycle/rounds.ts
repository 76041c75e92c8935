import type { DriftCase, DriftCases } from './drift-case.js';
import { placeOf } from './finding-text.js';

/** Cases that are broken one after the other, and then found and repaired together. */
export type Round = readonly [DriftCase, ...DriftCase[]];

/** The cases that this major version can be broken by, their kind before their names. */
export function casesOf(groups: readonly DriftCases[], major: number): DriftCase[] {
  return groups.flatMap(({ kind, cases }) => cases.filter(({ since = 15 }) => since <= major).map((one) => ({ ...one, name: `${kind}: ${one.name}` })));
}

/** `PLINTH_LIFECYCLE_SINGLY=1` gives each case a round of its own: slow, but it tells whose repair a round's failure is. */
export const SINGLY = process.env['PLINTH_LIFECYCLE_SINGLY'] === '1';

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
  const others = placesOf(other);
  return !placesOf(one).some((place) => others.some((each) => meet(place, each)));
}

/** What is dropped, made or described as a whole has no attribute that could be changed beside it. */
function meet(one: string, other: string): boolean {
  return one === other || (keyOf(one) === keyOf(other) && (one === keyOf(one) || other === keyOf(other)));
}

function placesOf({ finds, alsoFinds = [], anew }: DriftCase): string[] {
  return [placeOf(finds), ...alsoFinds].flatMap((place) => [anew === true ? keyOf(place) : place, ...describedBy(place)]);
}

/** What is described by a comment cannot be dropped beside it. */
function describedBy(place: string): string[] {
  const target = /^comment:\((.*)\)/.exec(place)?.[1];
  return target === undefined ? [] : [`${target} comment`];
}

/** `key` of `key attribute`; a key may hold blanks, an attribute none. */
export function keyOf(place: string): string {
  return place.replace(/ \w+$/, '');
}
