import type { Command } from 'commander';

/** Where a command reads and writes; tests pass their own. */
export interface CliIo {
  /** The answer of the command, one line. */
  out(line: string): void;
  /** What happens meanwhile, hints and errors, one line. */
  err(line: string): void;
  readonly env: NodeJS.ProcessEnv;
  /** Whether the answer goes to a terminal that shows colours. */
  readonly colour?: boolean;
}

/** 0: as it should be. 1: it is not, or the command failed. 2: could not look, so nothing is known. */
export type ExitCode = 0 | 1 | 2;

/** One command of the operator. A new one is a new file in `commands/` and a line in `commands.ts`. */
export interface CliCommand<Options extends object = object> {
  /** As typed: `db:roles`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Declares the options. */
  configure(command: Command): void;
  /**
   * Does the work, and may answer an exit code of its own: 0 same, 1 different, 2 could not look. Throws a PlinthError where the operator
   * can do something about it. `args` are what stands beside the options.
   */
  run(options: Options, io: CliIo, args: readonly string[]): Promise<void | ExitCode>;
}
