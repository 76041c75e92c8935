import { createHash } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { checkGit, checkNode } from './requirements.mjs';
import { root, say, Stop } from './say.mjs';

/**
 * What every command of a fresh clone needs first: the right programs, the packages of the lockfile, a current build. Says something
 * only where there is something to do. Two commands at once do it one after the other.
 */
export async function setUp() {
  checkNode();
  checkGit();
  await alone(async () => {
    await installIfNeeded();
    await buildIfStale();
  });
}

/** Runs `work` while no other command of this checkout sets up. The lock file names its process; one whose process is gone counts for nothing. */
export async function alone(work) {
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const lock = join(tmpdir(), `plinth-setup-${process.getuid ? process.getuid() : 0}-${hash}.lock`);
  const own = `${lock}.${process.pid}`;
  try {
    writeFileSync(own, String(process.pid), { mode: 0o600 });
    await take(own, lock);
  } catch (error) {
    if (error.code === 'ENOSPC') throw new Stop(`No space is left on the disk that holds "${tmpdir()}". Free some and start again.`);
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function take(own, lock) {
  for (let told = false; ; told = true) {
    try {
      linkSync(own, lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOf(lock);
    if (holder !== undefined && !isAlive(holder)) rmSync(lock, { force: true });
    else if (!told) say('Another command of this checkout is installing or building; waiting for it.');
    await pause(100);
  }
}

function holderOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
