import type { CliIo } from '../command.js';

export interface Colours {
  bad(text: string): string;
  warn(text: string): string;
  good(text: string): string;
  dim(text: string): string;
  strong(text: string): string;
}

const paint =
  (code: number, on: boolean) =>
  (text: string): string =>
    on ? `\u001b[${code}m${text}\u001b[0m` : text;

/** Colours where the answer goes to a terminal, plain text everywhere else. */
export function coloursOf({ colour = false }: Pick<CliIo, 'colour'>): Colours {
  return { bad: paint(31, colour), warn: paint(33, colour), good: paint(32, colour), dim: paint(2, colour), strong: paint(1, colour) };
}
