import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(process.cwd(), 'dist', 'libs', 'database', 'src', 'migrations', 'testing', 'probe-process.js');

/** One process that migrates the probes. */
export class ProbeProcess {
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly #child: ChildProcess;
  #output = '';
  #listeners: (() => void)[] = [];

  constructor(url: string, variables: Readonly<Record<string, string>> = {}) {
    const env = { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', NODE_ENV: 'test', PROBE_URL: url, ...variables };
    this.#child = spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        for (const listener of this.#listeners) listener();
      });
    }
    this.ended = new Promise((resolve) => this.#child.once('close', (code, signal) => resolve(code ?? signal)));
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when the process has printed the line; rejects with what it printed if it ends before. */
  async says(line: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (`\n${this.#output}`.includes(`\n${line}\n`)) resolve();
      };
      this.#listeners.push(look);
      look();
      void this.ended.then((how) => reject(new Error(`The process ended (${String(how)}) without "${line}":\n${this.#output}`)));
    });
  }

  /** Lets a process go on that says `at <place>`. */
  goOn(): void {
    this.#child.kill('SIGUSR2');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}
