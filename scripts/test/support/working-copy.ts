import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { edited, type Step } from './literal-document.js';

const run = promisify(execFile);

/** What commands inherit: nothing of the npm or Jest around this test, which would tell them that they are part of it. */
const INHERITED = ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG', 'PLINTH_TEST_ADMIN_URL', 'PLINTH_POSTGRES_PACKAGE_DIR'];

/** A copy of this repository's files (also of those not committed yet) with the same packages, to try things in. */
export class WorkingCopy {
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string | undefined>>;

  private constructor(folder: string, variables: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#environment = { ...Object.fromEntries(INHERITED.map((name) => [name, process.env[name]])), ...variables };
  }

  /** Copies the repository at `root` to a folder that every user of this machine can enter. `variables` are set for each command. */
  static async of(root: string, variables: Readonly<Record<string, string>>): Promise<WorkingCopy> {
    const folder = mkdtempSync(join(tmpdir(), 'plinth-copy-'));
    chmodSync(folder, 0o755);
    const { stdout } = await run('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], { maxBuffer: 64_000_000 });
    for (const file of stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
      cpSync(join(root, file), join(folder, file));
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new WorkingCopy(folder, variables);
  }

  read(path: string): string {
    return readFileSync(join(this.#folder, path), 'utf8');
  }

  /** The one file whose path is this, where a `*` in its name stands for anything. @throws where there is none, or several */
  find(pattern: string): string {
    const [before = '', after = ''] = basename(pattern).split('*');
    if (!basename(pattern).includes('*')) return pattern;
    const names = readdirSync(join(this.#folder, dirname(pattern))).filter((name) => name.startsWith(before) && name.endsWith(after));
    const [name] = names;
    if (name === undefined || names.length > 1) throw new Error(`${names.length} files are "${pattern}".`);
    return join(dirname(pattern), name);
  }

  /** Does what a step says. Answers what its commands printed. @throws where a command fails, with what it printed. */
  async take(step: Step): Promise<string> {
    if (step.act === 'run') return this.#runAll(step.commands);
    if (step.act === 'shows') return this.#show(step);
    const file = join(this.#folder, step.path);
    if (step.act === 'new') {
      if (existsSync(file)) throw new Error(`"${step.path}" is not new.`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, step.text);
    } else {
      writeFileSync(file, edited(readFileSync(file, 'utf8'), step));
    }
    return '';
  }

  #show({ path, text }: Extract<Step, { act: 'shows' }>): string {
    const content = this.read(this.find(path));
    if (!content.includes(text)) throw new Error(`"${path}" does not show these lines. It holds:\n${content}`);
    return '';
  }

  async #runAll(commands: readonly string[]): Promise<string> {
    let printed = '';
    for (const command of commands) printed += await this.run(command);
    return printed;
  }

  /** Runs one line as a shell would and answers what it printed. @throws where it fails, with what it printed. */
  async run(command: string): Promise<string> {
    try {
      const { stdout, stderr } = await run('sh', ['-c', command], { cwd: this.#folder, env: this.#environment, maxBuffer: 64_000_000 });
      return stdout + stderr;
    } catch (error) {
      throw new Error(`"${command}" failed:\n${printedBy(error).slice(-8_000)}`, { cause: error });
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Not by `instanceof`: under Jest, errors of Node's own modules are of another realm. */
function printedBy(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('stdout' in error) || !('stderr' in error)) return String(error);
  return `${String(error.stdout)}${String(error.stderr)}`;
}
