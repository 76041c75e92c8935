import { Command, CommanderError } from 'commander';
import { maskPasswords } from '../config/masking.js';
import { PlinthError } from '../errors.js';
import type { CliCommand, CliIo } from './command.js';

/**
 * Runs the command that `args` (without node and script) names.
 * @returns the exit code: 0, or 1 with message and next step on stderr; a stack only for errors that nobody foresaw
 */
export async function runCli(args: readonly string[], commands: readonly CliCommand[], io: CliIo): Promise<number> {
  try {
    await programOf(commands, io).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has said it already, help included.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    io.err(describe(error));
    return 1;
  }
}

function programOf(commands: readonly CliCommand[], io: CliIo): Command {
  const program = new Command('plinth').description('The operator’s commands of Plinth.');
  const output = {
    writeOut: (text: string) => io.out(text.trimEnd()),
    writeErr: (text: string) => io.err(text.trimEnd()),
  };
  program.exitOverride().configureOutput(output).showHelpAfterError();
  for (const command of commands) {
    const child = program.command(command.name).description(command.summary);
    command.configure(child);
    child.action(async () => command.run(child.opts(), io));
  }
  return program;
}

function describe(error: unknown): string {
  if (error instanceof PlinthError) return maskPasswords(`${error.name}: ${error.message}`);
  return maskPasswords(error instanceof Error ? (isRefusal(error) ? refusal(error) : error.stack ?? error.message) : String(error));
}

/** Answers of the server and of the network: their text says it, and a stack of ours adds nothing. */
function isRefusal(error: Error): error is Error & { code: string } {
  return 'code' in error && typeof error.code === 'string';
}

function refusal(error: Error & { code: string }): string {
  const hint = 'hint' in error && typeof error.hint === 'string' ? ` ${error.hint}` : '';
  // Node joins failed attempts at several addresses in an error without a text.
  const text = error.message || (error instanceof AggregateError ? error.errors.map(String).join('; ') : 'no answer');
  return `${text} (${error.code}).${hint} Check the URL and that the server is reachable.`;
}
