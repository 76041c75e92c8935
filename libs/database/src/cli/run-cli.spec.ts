import { PlinthError } from '../errors.js';
import type { CliCommand, CliIo } from './command.js';
import { COMMANDS } from './commands.js';
import { runCli } from './run-cli.js';

class ExpectedError extends PlinthError {
  readonly code = 'EXPECTED';
  readonly family = 'operator';
}

interface Said extends CliIo {
  readonly outLines: string[];
  readonly errLines: string[];
}

function listen(): Said {
  const outLines: string[] = [];
  const errLines: string[] = [];
  return { outLines, errLines, out: (line) => void outLines.push(line), err: (line) => void errLines.push(line), env: {} };
}

function commandThat(run: CliCommand<{ name: string }>['run']): CliCommand {
  const command: CliCommand<{ name: string }> = {
    name: 'greet',
    summary: 'greets',
    configure: (program) => program.requiredOption('--name <name>', 'whom'),
    run,
  };
  return command;
}

describe('runCli', () => {
  test('hands the options to the command and exits with 0', async () => {
    const io = listen();
    const greet = commandThat((options, { out }) => Promise.resolve(out(`hello ${options.name}`)));
    expect(await runCli(['greet', '--name', 'ada'], [greet], io)).toBe(0);
    expect(io.outLines).toEqual(['hello ada']);
  });

  test('answers the exit code that the command chose, and hands it what stands beside the options', async () => {
    const io = listen();
    const greet = commandThat((_options, { out }, args) => Promise.resolve(out(args.join(' ')) ?? 2));
    greet.configure = (program) => program.argument('<words...>');
    expect(await runCli(['greet', 'good', 'day'], [greet], io)).toBe(2);
    expect(io.outLines).toEqual(['good day']);
  });

  test('shows an expected error as its message, without a stack and without passwords', async () => {
    const io = listen();
    const fail = commandThat(() => Promise.reject(new ExpectedError('Cannot use postgres://root:secret@host/x. Do this next.')));
    expect(await runCli(['greet', '--name', 'x'], [fail], io)).toBe(1);
    expect(io.errLines).toEqual(['ExpectedError: Cannot use postgres://root:***@host/x. Do this next.']);
  });

  test('shows what the server answered, without a stack', async () => {
    const io = listen();
    const fail = commandThat(() => Promise.reject(Object.assign(new Error('no such role'), { code: '28000' })));
    expect(await runCli(['greet', '--name', 'x'], [fail], io)).toBe(1);
    expect(io.errLines.join('\n')).toMatch(/^no such role \(28000\)/);
    expect(io.errLines.join('\n')).not.toContain('    at ');
  });

  test('where the tables are missing says how they are made', async () => {
    const io = listen();
    const fail = commandThat(() => Promise.reject(Object.assign(new Error('relation "app.job" does not exist'), { code: '42P01' })));
    expect(await runCli(['greet', '--name', 'x'], [fail], io)).toBe(1);
    expect(io.errLines.join('\n')).toContain('npm run db:init');
  });

  test('shows the stack of an error that nobody foresaw', async () => {
    const io = listen();
    const fail = commandThat(() => Promise.reject(new TypeError('a bug')));
    expect(await runCli(['greet', '--name', 'x'], [fail], io)).toBe(1);
    expect(io.errLines.join('\n')).toMatch(/TypeError: a bug\n\s+at /);
  });

  test.each([
    ['a missing option', ['greet'], '--name'],
    ['an unknown option', ['greet', '--name', 'x', '--nmae'], '--nmae'],
    ['an unknown command', ['gret'], 'gret'],
  ])('%s is named, with exit code 1', async (_name, args, named) => {
    const io = listen();
    expect(await runCli(args, [commandThat(() => Promise.resolve())], io)).toBe(1);
    expect(io.errLines.join('\n')).toContain(named);
  });

  test('help lists every command and exits with 0', async () => {
    const io = listen();
    expect(await runCli(['--help'], COMMANDS, io)).toBe(0);
    for (const { name } of COMMANDS) expect(io.outLines.join('\n')).toContain(name);
  });

  test('no command has an option that Node takes for itself', async () => {
    for (const { name } of COMMANDS) {
      const io = listen();
      await runCli([name, '--help'], COMMANDS, io);
      expect(io.outLines.join('\n')).not.toMatch(/--env-file/);
    }
  });
});
