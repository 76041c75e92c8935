import type { Statement } from '../statements.js';

const LONGEST = 88;

/** What the statements of one direction lock, rewrite and lose, a line for each; those that touch nothing in use are summed up. */
export function effectsOf(statements: readonly Statement[]): string[] {
  const lines: string[] = [];
  let quiet: number[] = [];
  const sumUp = (): void => {
    if (quiet.length > 0) lines.push(`${rangeOf(quiet)}: no lock on a table in use, nothing rewritten, nothing lost`);
    quiet = [];
  };
  for (const [place, statement] of statements.entries()) {
    const effects = effectsOfOne(statement);
    if (effects === '') {
      quiet.push(place + 1);
      continue;
    }
    sumUp();
    lines.push(`${place + 1}: ${shortened(statement.sql)}`, `   ${effects}`);
  }
  sumUp();
  return lines;
}

function rangeOf(numbers: readonly number[]): string {
  const [first = 0, last = first] = [numbers[0], numbers.at(-1)];
  return first === last ? `${first}` : `${first}-${last}`;
}

function effectsOfOne({ table, lock, rewrite, loses, alsoLocks, remark }: Statement): string {
  const effects = [
    ...(table === null || lock === 'NONE' ? [] : [`locks ${table}: ${lock}`]),
    ...(alsoLocks === null ? [] : [`locks ${alsoLocks.table}: ${alsoLocks.lock}`]),
    ...(rewrite ? ['WRITES EVERY ROW'] : []),
    ...(loses === null ? [] : [`LOSES ${loses}`]),
    ...(remark === null ? [] : [remark]),
  ];
  return effects.join('; ');
}

function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').replaceAll('*/', '* /');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}
