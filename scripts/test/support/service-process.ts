import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const ROOT = process.cwd();
const FOLLOW_PARENT = pathToFileURL(join(ROOT, 'scripts', 'lib', 'follow-parent.mjs')).href;
const INHERITED = ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG'];
const LINES_KEPT = 60;

/** A service as it runs in production: a process of its own from the compiled sources. It ends with this process. */
export class ServiceProcess {
  /** The address it listens on. Rejects with what it logged if it ends before. */
  readonly url: Promise<string>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];

  /** @param preload a module that is loaded into the process before its own code */
  constructor(name: 'api' | 'worker', variables: Readonly<Record<string, string>>, preload?: string) {
    const inherited = Object.fromEntries(INHERITED.map((variable) => [variable, process.env[variable]]));
    const imports = preload === undefined ? [FOLLOW_PARENT] : [FOLLOW_PARENT, pathToFileURL(join(ROOT, preload)).href];
    this.#child = spawn(process.execPath, [...imports.flatMap((url) => ['--import', url]), join(ROOT, 'dist', 'apps', name, 'src', 'main.js')], {
      cwd: ROOT,
      env: { ...inherited, LOG_LEVEL: 'info', ...variables },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.ended = new Promise((resolve) => this.#child.once('close', (code, signal) => resolve(code ?? signal)));
    this.url = new Promise((resolve, reject) => {
      let rest = '';
      for (const stream of [this.#child.stdout, this.#child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          this.#lines.push(...lines);
          this.#lines.splice(0, this.#lines.length - LINES_KEPT);
          const url = / ready on (http:\/\/[^"]+)"/.exec(text)?.[1];
          if (url !== undefined) resolve(url);
        });
      }
      void this.ended.then((how) => reject(new Error(`The ${name} ended (${String(how)}) before it was ready:\n${this.#lines.join('\n')}`)));
    });
    this.url.catch(() => undefined);
  }

  /** What it logged last. */
  get log(): string {
    return this.#lines.join('\n');
  }

  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    this.#child.kill(signal);
    return this.ended;
  }
}

/** The status that a URL answers with; 0 where nobody answers. */
export async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** Asks again until `look` says so. @returns how long it took, in milliseconds. @throws after `withinMs`, naming what was waited for. */
export async function until(what: string, withinMs: number, look: () => boolean | Promise<boolean>): Promise<number> {
  const started = performance.now();
  while (!(await look())) {
    if (performance.now() - started > withinMs) throw new Error(`Waited in vain for ${withinMs} ms until ${what}.`);
    await pause(15);
  }
  return performance.now() - started;
}
