import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedStartError, diskFull, embeddedErrorOf, type EmbeddedServerError } from './errors.js';
import { makeHome, repositoryRoot, type EmbeddedHome } from './home.js';
import { DISK_FULL_EXIT_CODE, receive, send, type Answer, type ServerFacts } from './protocol.js';
import type { Durability } from './state.js';

/** The supervisor stops PostgreSQL this long after the last lease, unless PLINTH_EMBEDDED_GRACE_MS says otherwise. */
const DEFAULT_GRACE_MS = 5_000;
const JOIN_WITHIN_MS = 180_000;
const RETRY_MS = 15;

export interface LeaseOptions {
  /** Only used where the data folder is made by this join; else it must agree with the folder's. */
  readonly durability?: Durability;
  /** Milliseconds; taken by a supervisor that this join starts. */
  readonly graceMs?: number;
  /** What `db:stop` calls this process. */
  readonly name?: string;
  readonly onProgress?: (text: string) => void;
}

type Outcome = ServerFacts | 'nobody' | 'closed' | 'stopping';

/**
 * A process's hold on the embedded server: PostgreSQL runs for as long as it lasts, which is until `release` or the end of the
 * process. It never keeps the process alive. If the supervisor is killed it is started again in the background.
 */
export class Lease {
  readonly #home: EmbeddedHome;
  readonly #options: LeaseOptions;
  #socket: Socket | undefined;
  #facts: ServerFacts | undefined;
  #released = false;
  #background = false;
  #supervisor: { readonly process: ChildProcess; readonly logStart: number } | undefined;

  constructor(home: EmbeddedHome, options: LeaseOptions) {
    this.#home = home;
    this.#options = options;
  }

  /** Port and processes, as the supervisor told them last. */
  get facts(): ServerFacts {
    if (!this.#facts) throw new EmbeddedStartError('The lease on the embedded server has not been granted yet.');
    return this.#facts;
  }

  /**
   * Connects to the supervisor, starting one where nobody answers, and waits until PostgreSQL is ready.
   * @throws the EmbeddedServerError that says why it cannot be
   */
  async acquire(): Promise<this> {
    await makeHome(this.#home);
    const deadline = Date.now() + JOIN_WITHIN_MS;
    while (!this.#released && Date.now() < deadline) {
      const outcome = await this.#connect();
      if (typeof outcome === 'object') return this;
      if (outcome === 'nobody') await this.#startSupervisor();
      await pause(RETRY_MS, undefined, { ref: !this.#background });
    }
    if (this.#released) return this;
    throw new EmbeddedStartError(
      `The embedded server in "${this.#home.folder}" was not ready within ${JOIN_WITHIN_MS / 1000} s; see "${this.#home.supervisorLog}".`,
    );
  }

  /** Gives the lease back. The server stops a grace later if it was the last one. */
  async release(): Promise<void> {
    this.#released = true;
    const socket = this.#socket;
    if (!socket || socket.destroyed) return;
    socket.ref();
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.end();
    });
  }

  #connect(): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(this.#home.socket);
      if (this.#background) socket.unref();
      let last: Outcome = 'nobody';
      socket.on('error', () => undefined);
      socket.on('connect', () => {
        last = 'closed';
        send(socket, { ask: 'lease', name: this.#options.name ?? defaultName(), pid: process.pid, durability: this.#options.durability });
      });
      receive<Answer>(socket, (answer) => {
        if (answer.tell === 'progress') this.#options.onProgress?.(answer.text);
        if (answer.tell === 'stopping') last = 'stopping';
        if (answer.tell === 'failed') {
          last = 'stopping';
          reject(embeddedErrorOf(answer.code, answer.message));
          socket.destroy();
        }
        if (answer.tell !== 'ready') return;
        last = answer.facts;
        this.#socket = socket;
        this.#facts = answer.facts;
        socket.unref();
        resolve(answer.facts);
      });
      socket.on('close', () => {
        resolve(last);
        if (typeof last === 'object') this.#lost();
      });
    });
  }

  /** The supervisor went without a word: killed. PostgreSQL goes on without it; a new one adopts it. */
  #lost(): void {
    if (this.#released) return;
    this.#background = true;
    this.acquire().catch((error: unknown) => {
      this.#options.onProgress?.(`The embedded server's supervisor could not be started again: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  /** Starts one detached supervisor at a time; where others do the same, all but one of the supervisors end at once. */
  async #startSupervisor(): Promise<void> {
    const running = this.#supervisor?.process;
    if (running && running.exitCode === null && running.signalCode === null) return;
    if (running && running.exitCode !== 0 && running.exitCode !== null) throw await this.#supervisorFailed();
    const file = join(repositoryRoot(), 'dist', 'libs', 'database', 'src', 'embedded', 'supervisor.js');
    if (!existsSync(file)) throw new EmbeddedStartError(`"${file}" does not exist. Run "npm run build" first.`);
    const log = await open(this.#home.supervisorLog, 'a', 0o600);
    try {
      const logStart = (await log.stat()).size;
      const grace = this.#options.graceMs ?? graceFrom(process.env['PLINTH_EMBEDDED_GRACE_MS']);
      const environment = { ...process.env, NODE_OPTIONS: '' };
      const child = spawn(process.execPath, ['--max-old-space-size=64', file, this.#home.folder, this.#options.durability ?? 'full', String(grace)], {
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        cwd: '/',
        env: environment,
      });
      child.on('error', () => undefined);
      child.unref();
      this.#supervisor = { process: child, logStart };
    } finally {
      await log.close();
    }
  }

  async #supervisorFailed(): Promise<EmbeddedServerError> {
    if (this.#supervisor?.process.exitCode === DISK_FULL_EXIT_CODE) return diskFull(this.#home.folder);
    const log = await readFile(this.#home.supervisorLog).catch(() => Buffer.alloc(0));
    const written = log
      .subarray(this.#supervisor?.logStart ?? 0)
      .toString('utf8')
      .trim();
    this.#supervisor = undefined;
    return new EmbeddedStartError(
      `The embedded server's supervisor ended at once; "${this.#home.supervisorLog}" says: ${written.split('\n').slice(-8).join(' ')}`,
    );
  }
}

function graceFrom(text: string | undefined): number {
  if (!text) return DEFAULT_GRACE_MS;
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new EmbeddedStartError(`PLINTH_EMBEDDED_GRACE_MS is "${text}": it takes a whole number of milliseconds, from 0.`);
}

/** `main.js` says nothing about who it is; the folder above `src` does: api, worker. */
function defaultName(): string {
  const script = process.argv[1] ?? 'node';
  const app = /([^/\\]+)[/\\](?:dist[/\\])?src[/\\]main\.[jt]s$/.exec(script)?.[1];
  return app ?? basename(script);
}
