import { link, mkdir, readFile, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { explainSystemError, systemCodeOf } from './errors.js';
import { startTimeOf } from './process-table.js';

/** A takeover takes well under a millisecond; one this old belongs to a process that was killed in the middle of it. */
const ABANDONED_TAKEOVER_MS = 5_000;

export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes a lock file that names this process, or answers undefined where a living process holds it. The file appears whole (it is
 * linked, not written) and a file whose process is gone is taken over by exactly one of those who notice.
 */
export async function takeLock(path: string): Promise<Lock | undefined> {
  const own = `${process.pid} ${await startTimeOf(process.pid)}`;
  const candidate = `${path}.${process.pid}`;
  try {
    await writeFile(candidate, own, { mode: 0o600 });
    for (;;) {
      if (await linked(candidate, path)) return { release: () => releaseLock(path, own) };
      if (await held(path)) return undefined;
      await removeStale(path);
    }
  } catch (error) {
    throw explainSystemError(error, path);
  } finally {
    await rm(candidate, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function held(path: string): Promise<boolean> {
  const content = await readFile(path, 'utf8').catch(() => undefined);
  if (content === undefined) return false;
  const [pid, ...startTime] = content.split(' ');
  return (await startTimeOf(Number(pid))) === startTime.join(' ');
}

async function removeStale(path: string): Promise<void> {
  const takeover = `${path}.takeover`;
  try {
    await mkdir(takeover);
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
    const age = await stat(takeover).then(
      (facts) => Date.now() - facts.mtimeMs,
      () => 0,
    );
    if (age > ABANDONED_TAKEOVER_MS) await rmdir(takeover).catch(() => undefined);
    else await pause(10);
    return;
  }
  try {
    if (!(await held(path))) await unlink(path).catch(() => undefined);
  } finally {
    await rmdir(takeover);
  }
}

async function releaseLock(path: string, own: string): Promise<void> {
  const content = await readFile(path, 'utf8').catch(() => undefined);
  if (content === own) await rm(path, { force: true });
}
