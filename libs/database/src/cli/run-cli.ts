import { Command, CommanderError } from 'commander';
import { systemCodeOf } from '../embedded/errors.js';
import { PlinthError } from '../errors.js';
import type { CliCommand, CliIo, ExitCode } from './command.js';

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);
/** invalid_authorization_specification, invalid_password */
const REFUSED_LOGIN = new Set(['28000', '28P01']);
/** undefined_table, undefined_function, invalid_schema_name */
const NO_SCHEMA = new Set(['42P01', '42883', '3F000']);

/**
 * Runs the command that `args` (without node and script) names.
 * @returns the exit code: the command's own, else 0, or 1 with message and next step on stderr; a stack only for errors nobody foresaw
 */
export async function runCli(args: readonly string[], commands: readonly CliCommand[], io: CliIo): Promise<number> {
  const outcome: { code: ExitCode } = { code: 0 };
  try {
    await programOf(commands, io, outcome).parseAsync([...args], { from: 'user' });
    return outcome.code;
  } catch (error) {
    // Commander has said it already, help included.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    io.err(describe(error));
    return 1;
  }
}

function programOf(commands: readonly CliCommand[], io: CliIo, outcome: { code: ExitCode }): Command {
  const program = new Command('plinth').description('The operator’s commands of Plinth.');
  const output = {
    writeOut: (text: string) => io.out(text.trimEnd()),
    writeErr: (text: string) => io.err(text.trimEnd()),
  };
  program.exitOverride().configureOutput(output).showHelpAfterError();
  for (const command of commands) {
    const child = program.command(command.name).description(command.summary);
    command.configure(child);
    child.action(async () => {
      outcome.code = (await command.run(child.opts(), io, child.args)) ?? 0;
    });
  }
  return program;
}

function describe(error: unknown): string {
  return withoutPasswords(textOf(error));
}

function textOf(error: unknown): string {
  if (error instanceof PlinthError) return `${error.name}: ${error.message}`;
  const code = systemCodeOf(error);
  // What the server, the network or the file system answered says it all; a stack of ours adds nothing.
  if (code !== undefined) return `${messageOf(error)} (${code}).${nextStep(error, code)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The last fence: no error should hold a URL's password in the first place. */
function withoutPasswords(text: string): string {
  return text.replace(/(:\/\/[^:@/\s]*):\S*@/g, '$1:***@');
}

/** Node joins failed attempts at several addresses in an error without a text. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map((each) => messageOf(each)).join('; ');
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

function nextStep(error: unknown, code: string): string {
  if (typeof error === 'object' && error !== null && 'hint' in error && typeof error.hint === 'string') return ` ${error.hint}`;
  if (UNREACHABLE.has(code)) return ' Check host and port of the URL, and that the server is running and reachable from here.';
  if (NO_SCHEMA.has(code)) return ' The tables are not there, or are older than this build: npm run migration:show tells, npm run db:init mends it.';
  return REFUSED_LOGIN.has(code) ? ' Check user and password of the URL.' : '';
}
