import type { CliIo } from '../command.js';

type Paint = (text: string) => string;

export interface Colours {
  readonly bad: Paint;
  readonly warn: Paint;
  readonly good: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
}

const paint =
  (code: number, on: boolean): Paint =>
  (text) =>
    on ? `\u001b[${code}m${text}\u001b[0m` : text;

/** Colours where the answer goes to a terminal, plain text everywhere else. */
export function coloursOf({ colour = false }: Pick<CliIo, 'colour'>): Colours {
  return { bad: paint(31, colour), warn: paint(33, colour), good: paint(32, colour), dim: paint(2, colour), strong: paint(1, colour) };
}
