import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runPlinth } from '../../../apps/cli/src/program.js';
import { until } from './service-process.js';

const MAIN = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');

/** What a command said, and what it answered. */
export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Surrounding {
  /** What is piped in. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface SpawnSurrounding extends Surrounding {
  /** What must be said on stderr before Ctrl-C is pressed. */
  readonly interruptAt?: string;
}

/** Runs the command line in this process, which is quicker than in one of its own. */
export async function plinth(home: string, args: readonly string[], { input = '', env = {} }: Surrounding = {}): Promise<Said> {
  const said = { out: '', err: '' };
  const collected = (name: 'out' | 'err'): PassThrough => new PassThrough({ encoding: 'utf8' }).on('data', (text: string) => (said[name] += text));
  const [output, error] = [collected('out'), collected('err')];
  const code = await runPlinth(args, { input: Readable.from([input]), output, error, env: { PLINTH_HOME: home, ...env } });
  await Promise.all([output, error].map((stream) => once(stream.end(), 'end')));
  return { code, ...said };
}

/** Runs the compiled command line in a process of its own, as a person does. */
export async function spawnPlinth(home: string, args: readonly string[], { input = '', env = {}, interruptAt }: SpawnSurrounding = {}): Promise<Said> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'], PLINTH_HOME: home, ...env }, timeout: 60_000 });
  child.stdin.on('error', () => undefined).end(input);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
    if (interruptAt !== undefined && text.includes(interruptAt)) child.kill('SIGINT');
  });
  const code = await new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  return { code, ...said };
}

/** The command line at a terminal: what is shown there can be waited for, and what a person types is typed. */
export class AtTerminal {
  readonly #input = Object.assign(new PassThrough(), { isTTY: true });
  readonly #streams = [0, 1].map(() => Object.assign(new PassThrough(), { isTTY: true }));
  readonly ended: Promise<number>;
  out = '';
  /** What was shown, without colours and movements of the cursor. */
  shown = '';

  constructor(home: string, args: readonly string[]) {
    const [output, error] = this.#streams;
    if (output === undefined || error === undefined) throw new Error('A terminal has two streams.');
    output.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    error.setEncoding('utf8').on('data', (text: string) => (this.shown += text.replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, '')));
    this.ended = runPlinth(args, { input: this.#input, output, error, env: { PLINTH_HOME: home } });
  }

  async sees(text: string): Promise<void> {
    await until(`the terminal shows "${text}", which shows:\n${this.shown}`, 20_000, () => this.shown.includes(text)).catch((cause: unknown) => {
      throw new Error(`The terminal does not show "${text}", but:\n${this.shown}`, { cause });
    });
  }

  /** Types a line, once `question` is shown after what was typed before. */
  async answers(question: string, line: string): Promise<void> {
    await this.sees(question);
    this.shown = '';
    this.#input.write(`${line}\r`);
  }

  pressCtrlC(): void {
    this.#input.write('\u0003');
  }
}
