import type { Command } from 'commander';
import type { PlinthClient } from '#client';
import type { ExitCode } from './exit-code.js';
import type { SessionFile } from './session/session-file.js';
import type { Terminal } from './terminal/terminal.js';

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly sessions: SessionFile;
  /** Whether the answer is for a program: one JSON value a line. */
  readonly isJson: boolean;
  /** The client of whoever is signed in. @throws UsageError where nobody is */
  readonly client: () => Promise<PlinthClient>;
}

/** One command. A new one is a file in `commands/` and a line in `program.ts`. */
export interface PlinthCommand<Options extends object = object> {
  /** As typed, with its arguments: `repositories sync <id>`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Whole command lines behind `npm run plinth --`. */
  readonly examples: readonly string[];
  /** Declares options; `--json` is there already. */
  configure?(command: Command): void;
  /** @returns what the process answers where that is not 0 */
  run(context: CommandContext, options: Options, args: readonly string[]): Promise<ExitCode | void>;
}
