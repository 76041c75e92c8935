import { Command, CommanderError } from 'commander';
import type { CommandContext, PlinthCommand } from './command.js';
import { agents } from './commands/agents.js';
import { answer } from './commands/answer.js';
import { cancel } from './commands/cancel.js';
import { createKey, listKeys, revokeKey } from './commands/keys.js';
import { login } from './commands/login.js';
import { logout } from './commands/logout.js';
import { addRepository, listRepositories, syncRepository } from './commands/repositories.js';
import { run } from './commands/run.js';
import { runs } from './commands/runs.js';
import { usage } from './commands/usage.js';
import { whoami } from './commands/whoami.js';
import { describeError } from './describe-error.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { openClient } from './session/open-client.js';
import { SessionFile } from './session/session-file.js';
import { Terminal, type Surroundings } from './terminal/terminal.js';

const COMMANDS: readonly PlinthCommand[] = [
  login,
  logout,
  whoami,
  agents,
  addRepository,
  syncRepository,
  listRepositories,
  run,
  runs,
  cancel,
  answer,
  usage,
  createKey,
  listKeys,
  revokeKey,
];

/** What the groups of commands are about, which have no command of their own. */
const GROUPS: Readonly<Record<string, string>> = { repositories: 'Git repositories with agents', keys: 'API keys' };

const INTRODUCTION =
  'Plinth from the terminal, over its HTTP API. The operator’s commands (db:…, migration:…, schema:…, queue:…) are npm scripts of their own.';
const CODES = 'Exit codes: 0 done or completed, 1 refused or failed, 2 not understood or not signed in, 3 cancelled, 4 nobody answers, 130 left by Ctrl-C.';

/**
 * Runs the command that `args` (without node and script) names.
 * @returns the exit code; what went wrong stands on stderr in one line, with `--json` as one JSON object
 */
export async function runPlinth(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const terminal = new Terminal(surroundings);
  const isJson = args.includes('--json');
  const sessions = new SessionFile(terminal.env);
  const context: CommandContext = { terminal, sessions, isJson, client: async () => openClient(terminal.env, sessions) };
  const outcome: { code: ExitCode } = { code: EXIT.OK };
  try {
    await programOf(context, outcome).parseAsync([...args], { from: 'user' });
    return outcome.code;
  } catch (error) {
    // Commander has said it already, help included.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.OK : EXIT.USAGE;
    const report = describeError(error);
    terminal.say(isJson ? JSON.stringify({ error: report }) : terminal.paint('red', report.line));
    return report.exitCode;
  } finally {
    terminal.lines.close();
  }
}

function programOf(context: CommandContext, outcome: { code: ExitCode }): Command {
  const { terminal } = context;
  const program = new Command('plinth').description(INTRODUCTION).addHelpText('after', `\n${CODES}`);
  program.exitOverride().showHelpAfterError('(--help shows what there is)');
  program.configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.say(text.trimEnd()) });
  for (const command of COMMANDS) add(program, command, context, outcome);
  return program;
}

function add(program: Command, command: PlinthCommand, context: CommandContext, outcome: { code: ExitCode }): void {
  const [first = '', ...rest] = command.usage.split(' ');
  const isGrouped = first in GROUPS;
  const parent = isGrouped ? groupOf(program, first) : program;
  const child = parent.command((isGrouped ? rest : [first, ...rest]).join(' ')).description(command.summary);
  command.configure?.(child);
  if (!child.options.some(({ long }) => long === '--json')) child.option('--json', 'answer in JSON, one value a line');
  child.addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  npm run plinth -- ${line}`).join('\n')}`);
  child.action(async () => {
    outcome.code = (await command.run(context, child.opts(), child.args)) ?? EXIT.OK;
  });
}

function groupOf(program: Command, name: string): Command {
  return program.commands.find((command) => command.name() === name) ?? program.command(name).description(GROUPS[name] ?? '');
}
