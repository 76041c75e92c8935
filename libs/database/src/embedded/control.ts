import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedServerInUseError, EmbeddedStartError } from './errors.js';
import type { EmbeddedHome } from './home.js';
import { takeLock, type Lock } from './lock.js';
import { stopOrphan } from './postmaster.js';
import { receive, send, type Answer, type LeaseHolder, type Request, type ServerFacts } from './protocol.js';

/** The supervisor itself gives PostgreSQL less than this before it kills it. */
const STOP_WITHIN_MS = 35_000;

export interface ServerStatus {
  readonly leases: readonly LeaseHolder[];
  /** Absent while PostgreSQL starts. */
  readonly facts?: ServerFacts;
}

/** Who uses the server of that home, or undefined where none runs. Never starts one, and is no lease. */
export async function serverStatus(home: EmbeddedHome): Promise<ServerStatus | undefined> {
  const answer = await ask(home, { ask: 'status' });
  return answer?.tell === 'status' ? { leases: answer.leases, facts: answer.facts } : undefined;
}

/**
 * Stops the server now and waits until it has. Answers false where none ran.
 * @param force also while processes use it; they are told, and do not start it again
 * @throws EmbeddedServerInUseError naming the processes, without `force`
 */
export async function stopServer(home: EmbeddedHome, { force }: { readonly force: boolean }): Promise<boolean> {
  const answer = await ask(home, { ask: 'stop', force });
  if (answer?.tell === 'in-use') {
    const holders = answer.leases.map(({ name, pid }) => `${name} (process ${pid})`).join(', ');
    throw new EmbeddedServerInUseError(`The embedded server in "${home.folder}" is used by ${holders}. Stop them first, or add --force.`, {
      fields: { home: home.folder, leases: answer.leases },
    });
  }
  const lock = existsSync(home.folder) ? await lockWhenFree(home) : undefined;
  if (!lock) return false;
  try {
    // A killed supervisor leaves its PostgreSQL running, with nobody to pass the request on.
    return (await stopOrphan(home)) || answer !== undefined;
  } finally {
    await lock.release();
  }
}

/**
 * Deletes the database of a home, whatever version made it: data, port and bootstrap mark. The secrets stay, so that logins and
 * `.env` lines stay valid for the next one. Answers false where there was none.
 * @throws EmbeddedServerInUseError, without `force`, while processes use it
 */
export async function deleteData(home: EmbeddedHome, options: { readonly force: boolean }): Promise<boolean> {
  await stopServer(home, options);
  const existed = existsSync(home.data);
  await rm(home.bootstrapFile, { force: true });
  await rm(home.stateFile, { force: true });
  await rm(home.data, { recursive: true, force: true });
  return existed;
}

async function lockWhenFree(home: EmbeddedHome): Promise<Lock> {
  const deadline = Date.now() + STOP_WITHIN_MS;
  for (;;) {
    const lock = await takeLock(home.lockFile);
    if (lock) return lock;
    if (Date.now() > deadline)
      throw new EmbeddedStartError(`The embedded server in "${home.folder}" did not stop within ${STOP_WITHIN_MS / 1000} s; see "${home.supervisorLog}".`);
    await pause(20);
  }
}

function ask(home: EmbeddedHome, request: Request): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection(home.socket);
    socket.on('error', () => undefined);
    socket.on('connect', () => send(socket, request));
    receive<Answer>(socket, (answer) => {
      resolve(answer);
      socket.destroy();
    });
    socket.on('close', () => resolve(undefined));
  });
}
