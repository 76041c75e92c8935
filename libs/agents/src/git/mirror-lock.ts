import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#database';
import { SyncFailedError } from '../sync/sync-failure.js';
import { systemCode } from './system-error.js';

const HEARTBEAT_MS = 5_000;
/** Without a heartbeat for this long the holder is gone, also on another machine. */
const STALE_MS = 30_000;
const POLL_MS = 50;

interface Holder {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
}

/**
 * Takes the lock of one mirror: a file beside it, which names its holder and is touched while it is held. A holder that died is
 * seen at once on the same machine, within 30 s on another.
 * @returns the function that gives the lock back.
 * @throws SyncFailedError MIRROR_BUSY after `waitMs`; the signal's reason.
 */
export async function lockMirror(path: string, waitMs: number, signal: AbortSignal): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = `${path}.lock`;
  const holder: Holder = { id: newId(), host: hostname(), pid: process.pid };
  const deadline = Date.now() + waitMs;
  while (!(await tryToTake(file, holder))) {
    if (await breakIfStale(file, holder)) continue;
    if (Date.now() >= deadline) throw new SyncFailedError('MIRROR_BUSY', 'Another sync of this repository is still running.');
    await sleep(POLL_MS, undefined, { signal });
  }
  const heartbeat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS);
  heartbeat.unref();
  return async () => {
    clearInterval(heartbeat);
    if ((await readHolder(file))?.id === holder.id) await rm(file, { force: true });
  };
}

async function tryToTake(file: string, holder: Holder): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(JSON.stringify(holder));
    await handle.close();
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead holder's file out of the way: of several who see it only one succeeds in the rename. */
async function breakIfStale(file: string, self: Holder): Promise<boolean> {
  const seen = await readHolder(file);
  const age = Date.now() - (await stat(file).then(({ mtimeMs }) => mtimeMs, () => Date.now()));
  const dead = seen !== undefined && seen.host === self.host && !isAlive(seen.pid);
  if (!dead && age < STALE_MS) return false;
  const grave = `${file}.${self.id}`;
  try {
    await rename(file, grave);
  } catch {
    return true;
  }
  const moved = await readHolder(grave);
  const wrong = moved !== undefined && moved.id !== seen?.id;
  if (wrong) await rename(grave, file).catch(() => undefined);
  else await rm(grave, { force: true });
  return !wrong;
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null || !('id' in value) || !('host' in value) || !('pid' in value)) return undefined;
    return { id: String(value.id), host: String(value.host), pid: Number(value.pid) };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
