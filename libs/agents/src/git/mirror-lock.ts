import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
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

/** The holders that live in this process: in a container the next process has the same host name and number as the last. */
const heldHere = new Set<string>();

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
  heldHere.add(holder.id);
  try {
    await take(file, holder, Date.now() + waitMs, signal);
  } catch (error) {
    heldHere.delete(holder.id);
    throw error;
  }
  const heartbeat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS);
  heartbeat.unref();
  return async () => {
    clearInterval(heartbeat);
    if ((await readHolder(file))?.id === holder.id) await rm(file, { force: true });
    heldHere.delete(holder.id);
  };
}

async function take(file: string, holder: Holder, deadline: number, signal: AbortSignal): Promise<void> {
  while (!(await tryToTake(file, holder))) {
    if (await breakIfStale(file, holder)) continue;
    if (Date.now() >= deadline) throw new SyncFailedError('MIRROR_BUSY', 'Another sync of this repository is still running.');
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** The file appears with its holder in it: one without, left by a process killed in between, would hold for STALE_MS. */
async function tryToTake(file: string, holder: Holder): Promise<boolean> {
  const draft = `${file}.${holder.id}`;
  try {
    await writeFile(draft, JSON.stringify(holder), { mode: 0o600 });
    await link(draft, file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Removes the file of a holder that is gone. Whoever does it holds a second file meanwhile and looks again under it: otherwise a slow
 * one could remove the lock that somebody took after a quick one had removed the dead one.
 * @returns whether it is worth trying to take the lock again at once.
 */
async function breakIfStale(file: string, self: Holder): Promise<boolean> {
  if (!(await isStale(file, self))) return false;
  const breaking = `${file}.breaking`;
  if (!(await tryToTake(breaking, self))) {
    if ((await ageOf(breaking)) > STALE_MS) await rm(breaking, { force: true });
    return false;
  }
  try {
    if (await isStale(file, self)) await rm(file, { force: true });
    return true;
  } finally {
    await rm(breaking, { force: true });
  }
}

async function isStale(file: string, self: Holder): Promise<boolean> {
  const holder = await readHolder(file);
  if (holder !== undefined && holder.host === self.host) {
    const lives = holder.pid === self.pid ? heldHere.has(holder.id) : isAlive(holder.pid);
    if (!lives) return true;
  }
  return (await ageOf(file)) > STALE_MS;
}

/** Milliseconds since the file was touched; 0 for one that is not there. */
async function ageOf(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
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
