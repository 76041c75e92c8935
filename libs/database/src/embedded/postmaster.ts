import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './account.js';
import { EmbeddedStartError, diskFull } from './errors.js';
import type { EmbeddedHome } from './home.js';
import { POSTGRES_ENVIRONMENT } from './initialise.js';
import { processesIn, signal, startTimeOf, worksIn } from './process-table.js';
import type { PostgresPrograms } from './programs.js';
import { freePort, readState, writeState, type Durability } from './state.js';

/** Crash recovery of a development database replays little; far beyond this something is wrong. */
const READY_WITHIN_MS = 120_000;
const FAST_STOP_MS = 20_000;
const IMMEDIATE_STOP_MS = 5_000;
const LARGEST_LOG_BYTES = 10 * 1024 * 1024;

/** A running PostgreSQL of ours, started by this supervisor or found running. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly adopted: boolean;
  /** Settles when the process is gone, whatever the reason. */
  readonly ended: Promise<void>;
}

/**
 * Adopts the PostgreSQL that already runs in the data folder, or clears away what a killed one left and starts it.
 * The caller holds the home's lock. Settles when PostgreSQL accepts connections.
 * @throws EmbeddedStartError, DiskFullError
 */
export async function startPostmaster(
  home: EmbeddedHome,
  programs: PostgresPrograms,
  account: Account | undefined,
  durability: Durability,
): Promise<Postmaster> {
  const data = await realpath(home.data);
  const pidFile = await readPidFile(data);
  if (pidFile && (await worksIn(pidFile.pid, data))) return adopt(data, pidFile.pid);
  await clearLeftovers(data, pidFile?.pid);
  await rotateLog(home);
  const state = await readState(home);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? state?.port || undefined : undefined);
    const started = await launch(home, data, programs, account, durability, port);
    if ('pid' in started) {
      if (state?.port !== port || state.durability !== durability) await writeState(home, { port, durability });
      return started;
    }
    if (started.output.includes('No space left on device')) throw diskFull(home.folder);
    const taken = started.output.includes('could not create any TCP/IP sockets');
    if (!taken || attempt === 3) {
      throw new EmbeddedStartError(`PostgreSQL did not start; the end of "${home.postgresLog}" says: ${started.output.trim().split('\n').slice(-5).join(' ')}`);
    }
  }
}

/** Ends it the fast way (open transactions are rolled back), harder if that takes too long. */
export async function stopPostmaster(postmaster: Pick<Postmaster, 'pid' | 'ended'>): Promise<void> {
  for (const [name, patience] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
    ['SIGKILL', IMMEDIATE_STOP_MS],
  ] as const) {
    signal(postmaster.pid, name);
    const patienceEnds = new AbortController();
    const gone = await Promise.race([postmaster.ended.then(() => true), pause(patience, false, { signal: patienceEnds.signal }).catch(() => false)]);
    patienceEnds.abort();
    if (gone) return;
  }
}

/** Ends a PostgreSQL whose supervisor is gone. The caller holds the home's lock. Answers false where none runs. */
export async function stopOrphan(home: EmbeddedHome): Promise<boolean> {
  const data = await realpath(home.data).catch(() => undefined);
  const pid = data === undefined ? undefined : (await readPidFile(data))?.pid;
  if (data === undefined || pid === undefined || !(await worksIn(pid, data))) return false;
  await stopPostmaster({ pid, ended: watchForEnd(pid) });
  return true;
}

async function adopt(data: string, pid: number): Promise<Postmaster> {
  const ended = watchForEnd(pid);
  const port = await untilReady(data, pid, ended);
  if (port === undefined) throw new EmbeddedStartError(`The PostgreSQL found running in "${data}" (process ${pid}) ended before it was ready. Start again.`);
  return { pid, port, adopted: true, ended };
}

async function watchForEnd(pid: number): Promise<void> {
  const startTime = await startTimeOf(pid);
  while (startTime !== undefined && (await startTimeOf(pid)) === startTime) await pause(200, undefined, { ref: false });
}

async function launch(
  home: EmbeddedHome,
  data: string,
  programs: PostgresPrograms,
  account: Account | undefined,
  durability: Durability,
  port: number,
): Promise<Postmaster | { readonly output: string }> {
  const log = await open(home.postgresLog, 'a', 0o600);
  const before = (await log.stat()).size;
  try {
    const child = spawn(programs.postgres, ['-D', data, ...settings(port, durability)], {
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
      env: POSTGRES_ENVIRONMENT,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const ended = endOf(child);
    if (child.pid === undefined) {
      await ended;
      return { output: `"${programs.postgres}" could not be executed` };
    }
    if ((await untilReady(data, child.pid, ended)) !== undefined) return { pid: child.pid, port, adopted: false, ended };
    signal(child.pid, 'SIGQUIT');
    return { output: (await readFile(home.postgresLog)).subarray(before).toString('utf8') };
  } finally {
    await log.close();
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  await once(child, 'exit').catch(() => undefined);
}

/**
 * Without fsync a commit still reaches the system's cache before it is acknowledged, so that tests may kill PostgreSQL and lose
 * nothing; synchronous_commit = off would lose the last moments, and saves next to nothing then.
 */
function settings(port: number, durability: Durability): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: durability === 'test' ? 300 : 100,
    shared_buffers: '64MB',
    max_wal_size: '512MB',
    logging_collector: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    ...(durability === 'test' ? { fsync: 'off', full_page_writes: 'off', autovacuum_naptime: '5min' } : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The port once postmaster.pid says "ready" for that process; undefined when the process ended before. */
async function untilReady(data: string, pid: number, ended: Promise<void>): Promise<number | undefined> {
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!gone && Date.now() < deadline) {
    const file = await readPidFile(data);
    if (file?.pid === pid && file.status === 'ready') return file.port;
    await pause(10);
  }
  return undefined;
}

interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly status: string | undefined;
}

/** The lines of postmaster.pid: process, data folder, start time, port, socket folder, address, shared memory, status. */
async function readPidFile(data: string): Promise<PidFile | undefined> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), status: lines[7]?.trim() } : undefined;
}

/**
 * A killed postmaster leaves children, which hold its shared memory until they notice, and its pid file. PostgreSQL sees through
 * a stale file itself, except where the number now belongs to another process (or to one that was never collected).
 */
async function clearLeftovers(data: string, stalePid: number | undefined): Promise<void> {
  const deadline = Date.now() + IMMEDIATE_STOP_MS;
  for (let orphans = await processesIn(data); orphans.length > 0; orphans = await processesIn(data)) {
    for (const pid of orphans) signal(pid, Date.now() < deadline ? 'SIGQUIT' : 'SIGKILL');
    await pause(50);
  }
  if (stalePid !== undefined && exists(stalePid)) await rm(join(data, 'postmaster.pid'), { force: true });
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function rotateLog(home: EmbeddedHome): Promise<void> {
  const size = await stat(home.postgresLog).then(
    (facts) => facts.size,
    () => 0,
  );
  if (size > LARGEST_LOG_BYTES) await rename(home.postgresLog, `${home.postgresLog}.1`);
}
