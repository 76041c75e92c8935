import type { CliIo } from './command.js';
import { InvalidOptionError } from './errors.js';

/** `--wait` in ms. @throws InvalidOptionError */
export function lockTimeoutMs(wait: string): number {
  const seconds = Number(wait);
  if (!/^\d+(\.\d+)?$/.test(wait) || seconds === 0 || seconds > 86_400) {
    throw new InvalidOptionError('--wait', new Error(`takes seconds, more than 0 and at most 86400, and got "${wait}".`));
  }
  return Math.ceil(seconds * 1000);
}

/** `45 tables, 1203 rows` */
export function describeAmount(tables: number, rows: number): string {
  return `${tables} ${tables === 1 ? 'table' : 'tables'}, ${rows} ${rows === 1 ? 'row' : 'rows'}`;
}

const WORTH_SAYING_MS = 1_000;

/** Says of each table that took long that it is done. */
export function tableReporter(io: CliIo): (table: { readonly name: string; readonly rows: number }) => void {
  let last = performance.now();
  return ({ name, rows }) => {
    const now = performance.now();
    if (now - last > WORTH_SAYING_MS) io.err(`  ${name}: ${rows} rows in ${((now - last) / 1000).toFixed(1)} s`);
    last = now;
  };
}
