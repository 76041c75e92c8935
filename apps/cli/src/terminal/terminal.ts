import type { Readable, Writable } from 'node:stream';
import { Lines } from './lines.js';

/** The streams and settings of a process; a test hands over others. */
export interface Surroundings {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
  readonly error: Writable & { readonly isTTY?: boolean };
  readonly env: NodeJS.ProcessEnv;
}

const COLOURS = { dim: '2', bold: '1', red: '31', green: '32', yellow: '33', cyan: '36' } as const;

/** Where a command reads and writes: answers on stdout, everything that is said meanwhile on stderr. */
export class Terminal {
  /** What is typed or piped in, line by line. */
  readonly lines: Lines;
  /** Whether a person can be asked. */
  readonly isInteractive: boolean;
  readonly #coloured: boolean;

  constructor(private readonly surroundings: Surroundings) {
    const { input, error, env } = surroundings;
    this.isInteractive = input.isTTY === true && error.isTTY === true;
    this.#coloured = error.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
    this.lines = new Lines(input, error, this.isInteractive);
  }

  get env(): NodeJS.ProcessEnv {
    return this.surroundings.env;
  }

  /** A line of the answer. */
  out(text: string): void {
    this.surroundings.output.write(`${text}\n`);
  }

  /** A line for whoever looks on. */
  say(text: string): void {
    this.surroundings.error.write(`${text}\n`);
  }

  /** The text in a colour, where somebody sees it; NO_COLOR is honoured. */
  paint(colour: keyof typeof COLOURS, text: string): string {
    return this.#coloured ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
  }
}
