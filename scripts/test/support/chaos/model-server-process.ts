import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModelBehaviour } from '../../../../libs/runs/test/support/model-behaviour.js';
import type { ModelServerCounts } from '../../../../libs/runs/test/support/model-server.js';

const ROOT = process.cwd();
const MAIN = join(ROOT, 'dist', 'libs', 'runs', 'test', 'support', 'model-server.main.js');
const FOLLOW_PARENT = pathToFileURL(join(ROOT, 'scripts', 'lib', 'follow-parent.mjs')).href;

/** The model server in a process of its own: what it counted outlives every worker. */
export class ModelServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** What MODEL_BASE_URL is to be. */
    readonly url: string,
  ) {}

  /** @param models what it does with the calls of a model, by the model's name */
  static async start(delayMs: number, models: Readonly<Record<string, ModelBehaviour>>): Promise<ModelServerProcess> {
    const env = { PATH: process.env['PATH'], MODEL_SERVER_DELAY_MS: String(delayMs) };
    const child = spawn(process.execPath, ['--import', FOLLOW_PARENT, MAIN], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The model server ended with ${String(code)}.`)));
      if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve);
    });
    const server = new ModelServerProcess(child, url);
    await server.#ask('/models', JSON.stringify(models));
    return server;
  }

  async counts(): Promise<ModelServerCounts> {
    return JSON.parse(await this.#ask('/calls')) as ModelServerCounts;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  async #ask(path: string, body?: string): Promise<string> {
    const response = await fetch(new URL(path, this.url), body === undefined ? {} : { method: 'POST', body });
    return response.text();
  }
}
