import { configClasses } from './all-areas.js';
import { areaOf } from './registry.js';

/** A name in `.env` that nothing reads, and the one that was probably meant. */
export interface Misspelling {
  readonly written: string;
  readonly meant: string;
}

const FARTHEST = 2;

/**
 * Names that differ from a variable of ours by one or two letters. Whatever else stands in an `.env` belongs to other programs and is none of our
 * business; a near miss, though, is a setting that somebody believes to be in force.
 */
export function misspelt(names: readonly string[]): Misspelling[] {
  const known = configClasses().flatMap((area) => areaOf(area).variables.map((variable) => variable.name));
  return names.flatMap((written) => {
    if (known.includes(written) || /^DATABASES_.+_URL$/.test(written)) return [];
    const meant = known.find((name) => distance(written.toUpperCase(), name) <= FARTHEST);
    return meant === undefined ? [] : [{ written, meant }];
  });
}

/** How many letters must be added, left out or replaced to make one of the other. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > FARTHEST) return FARTHEST + 1;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
