import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { chmod, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { unprivilegedAccount } from './account.js';
import { EmbeddedServerError, EmbeddedStartError, explainSystemError } from './errors.js';
import { embeddedHome, makeHome, type EmbeddedHome } from './home.js';
import { ensureDataFolder } from './initialise.js';
import { takeLock, type Lock } from './lock.js';
import { startPostmaster, stopPostmaster, type Postmaster } from './postmaster.js';
import { findPrograms } from './programs.js';
import { DISK_FULL_EXIT_CODE, receive, send, type Answer, type LeaseHolder, type Request, type ServerFacts } from './protocol.js';
import { checkDurability, readState, writeState, type Durability } from './state.js';

/** PostgreSQL that dies this often within a minute is not restarted again: the joiners are told instead. */
const RESTARTS_PER_MINUTE = 5;
/** How long a failure is kept for a process that has not connected yet. */
const UNHEARD_FAILURE_MS = 2_000;

/**
 * The process that owns one embedded PostgreSQL: started detached by the first process that needs it, alone by its lock file,
 * gone a short grace after the last lease. Imports nothing but Node's own modules, so that it is up in some 60 ms.
 * Arguments: home folder, durability for a new data folder, grace in milliseconds.
 */
class Supervisor {
  readonly #leases = new Map<Socket, LeaseHolder>();
  readonly #startedAt: number[] = [];
  #server: Server | undefined;
  #postmaster: Postmaster | undefined;
  #facts: ServerFacts | undefined;
  #stopping: Promise<void> | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  #failure: (Answer & { tell: 'failed' }) | undefined;
  /** What is being done, for who comes in the middle of it. */
  #progress: Answer | undefined;
  #told: (() => void) | undefined;

  constructor(
    private readonly home: EmbeddedHome,
    private readonly lock: Lock,
    private durability: Durability,
    private readonly graceMs: number,
  ) {}

  /** Listens first, so that everybody who joins meanwhile sees the progress, then brings PostgreSQL up. */
  async run(): Promise<void> {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => void this.#stop({ tell: 'stopping' }));
    process.on('SIGHUP', () => undefined);
    await this.#listen();
    try {
      await this.#bringUp();
    } catch (error) {
      await this.#fail(error);
    }
  }

  async #listen(): Promise<void> {
    await rm(this.home.socket, { force: true });
    const server = createServer((socket) => this.#connected(socket));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.home.socket, resolve));
    await chmod(this.home.socket, 0o600);
    this.#server = server;
  }

  #connected(socket: Socket): void {
    socket.on('error', () => undefined);
    for (const event of ['end', 'close'] as const) {
      socket.on(event, () => {
        if (this.#leases.delete(socket)) this.#considerGrace();
      });
    }
    receive<Request>(socket, (request) => {
      if (request.ask === 'status') send(socket, { tell: 'status', leases: [...this.#leases.values()], facts: this.#facts });
      else if (request.ask === 'stop') this.#askedToStop(socket, request.force);
      else this.#leased(socket, request);
    });
  }

  #leased(socket: Socket, request: Request & { ask: 'lease' }): void {
    if (this.#stopping) return void socket.destroy();
    try {
      checkDurability(this.home, this.durability, request.durability);
    } catch (error) {
      return send(socket, failureOf(error));
    }
    if (this.#failure) {
      send(socket, this.#failure);
      return this.#told?.();
    }
    clearTimeout(this.#graceTimer);
    this.#leases.set(socket, { name: request.name, pid: request.pid });
    if (this.#facts) send(socket, { tell: 'ready', facts: this.#facts });
    else if (this.#progress) send(socket, this.#progress);
  }

  #askedToStop(socket: Socket, force: boolean): void {
    if (this.#leases.size > 0 && !force) return send(socket, { tell: 'in-use', leases: [...this.#leases.values()] });
    send(socket, { tell: 'stopping' });
    void this.#stop({ tell: 'stopping' });
  }

  async #bringUp(): Promise<void> {
    this.#startedAt.push(Date.now());
    const programs = await findPrograms();
    const account = await unprivilegedAccount();
    await ensureDataFolder(this.home, programs, account, this.durability, (text) => {
      this.#progress = { tell: 'progress', text };
      this.#tellAll(this.#progress);
    });
    const postmaster = await startPostmaster(this.home, programs, account, this.durability);
    this.#postmaster = postmaster;
    this.#progress = undefined;
    this.#facts = {
      port: postmaster.port,
      major: programs.major,
      durability: this.durability,
      supervisorPid: process.pid,
      postgresPid: postmaster.pid,
    };
    this.#note(`PostgreSQL ${programs.version} ${postmaster.adopted ? 'adopted' : 'started'}: process ${postmaster.pid}, port ${postmaster.port}`);
    void postmaster.ended.then(() => this.#postgresEnded());
    this.#tellAll({ tell: 'ready', facts: this.#facts });
    this.#considerGrace();
  }

  async #postgresEnded(): Promise<void> {
    this.#postmaster = undefined;
    this.#facts = undefined;
    if (this.#stopping) return;
    this.#note('PostgreSQL ended by itself; starting it again');
    const minuteAgo = Date.now() - 60_000;
    const recent = this.#startedAt.filter((time) => time > minuteAgo).length;
    try {
      if (!existsSync(this.home.data)) throw new EmbeddedStartError(`The data folder "${this.home.data}" is gone.`);
      if (recent > RESTARTS_PER_MINUTE) throw new EmbeddedStartError(`PostgreSQL ended ${recent} times within a minute; see "${this.home.postgresLog}".`);
      await this.#bringUp();
    } catch (error) {
      await this.#fail(error);
    }
  }

  #considerGrace(): void {
    clearTimeout(this.#graceTimer);
    if (this.#leases.size > 0 || !this.#facts || this.#stopping) return;
    this.#graceTimer = setTimeout(() => void this.#stop(), this.graceMs);
  }

  /** Whoever started this process may not have connected yet: it should hear the reason, so it is waited for. */
  async #fail(error: unknown): Promise<void> {
    const failure = failureOf(error);
    this.#failure = failure;
    this.#note(`${failure.code}: ${failure.message}`);
    if (this.#leases.size === 0) {
      await new Promise<void>((resolve) => {
        this.#told = resolve;
        setTimeout(resolve, UNHEARD_FAILURE_MS);
      });
    }
    await this.#stop(failure, 1);
  }

  /** Stops listening first: who comes now finds nobody, starts a supervisor, and that one waits for our lock. */
  #stop(lastWord?: Answer, exitCode = 0): Promise<void> {
    this.#stopping ??= this.#stopNow(lastWord, exitCode);
    return this.#stopping;
  }

  async #stopNow(lastWord: Answer | undefined, exitCode: number): Promise<void> {
    this.#server?.close();
    await rm(this.home.socket, { force: true });
    if (lastWord) this.#tellAll(lastWord);
    if (this.#postmaster) await stopPostmaster(this.#postmaster);
    await this.lock.release();
    this.#note('stopped');
    for (const socket of this.#leases.keys()) socket.end();
    process.exitCode = exitCode;
    setTimeout(() => process.exit(exitCode), 200);
  }

  #tellAll(answer: Answer): void {
    for (const socket of this.#leases.keys()) send(socket, answer);
  }

  #note(text: string): void {
    process.stdout.write(`${new Date().toISOString()} ${process.pid} ${text}\n`);
  }
}

function failureOf(error: unknown): Answer & { tell: 'failed' } {
  if (error instanceof EmbeddedServerError) return { tell: 'failed', code: error.code, message: error.message };
  return { tell: 'failed', code: 'EMBEDDED_START_FAILED', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** True where somebody already serves the home: then this process is the one too many. */
function isServed(home: EmbeddedHome): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection(home.socket);
    probe
      .once('connect', () => {
        probe.destroy();
        resolve(true);
      })
      .once('error', () => resolve(false));
  });
}

async function main(): Promise<void> {
  const [folder, wanted, grace] = process.argv.slice(2);
  const home = embeddedHome(folder);
  await makeHome(home);
  let lock: Lock | undefined;
  while (!(lock = await takeLock(home.lockFile))) {
    if (await isServed(home)) return;
    await pause(20);
  }
  const durability: Durability = (await readState(home))?.durability ?? (wanted === 'test' ? 'test' : 'full');
  if (!existsSync(home.stateFile)) await writeState(home, { port: 0, durability });
  await new Supervisor(home, lock, durability, Number(grace)).run();
}

// A log that cannot be written, on a full disk, is no reason to let go of a server that runs.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  await main();
} catch (error) {
  const { code } = failureOf(explainSystemError(error, process.argv[2] ?? ''));
  console.error(error);
  process.exit(code === 'EMBEDDED_DISK_FULL' ? DISK_FULL_EXIT_CODE : 1);
}
