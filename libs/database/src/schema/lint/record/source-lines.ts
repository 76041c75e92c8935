import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Finds the line of a file that a statement was written in. */
export type FindSource = (sql: string) => string | undefined;

const SHORTEST = 12;

/**
 * Reads the migrations' sources once; the answer finds a statement by its first line that is more than a comment. Undefined where that
 * line is put together at run time. `preferred` is a part of the name of the migration's own file: its number.
 */
export function sourceFinder(folder: string, root: string, preferred: string): FindSource {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .sort((left, right) => Number(right.includes(preferred)) - Number(left.includes(preferred)))
    .map((file) => ({ path: relative(root, join(folder, file)), lines: readFileSync(join(folder, file), 'utf8').split('\n') }));
  return (sql) => {
    const wanted = sql
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line.length >= SHORTEST && !line.startsWith('--'));
    if (wanted === undefined) return undefined;
    for (const { path, lines } of files) {
      const line = lines.findIndex((candidate) => candidate.includes(wanted));
      if (line >= 0) return `${path}:${line + 1}`;
    }
    return undefined;
  };
}
