import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lockMirror } from './mirror-lock.js';

const never = new AbortController().signal;
let folder: string;
let mirror: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plinth-lock-'));
  mirror = join(folder, 'organization', 'repository.git');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the lock that a holder left behind, last touched so many seconds ago. */
async function leftBehind(holder: object, secondsAgo: number): Promise<void> {
  await (
    await lockMirror(mirror, 0, never)
  )();
  writeFileSync(`${mirror}.lock`, JSON.stringify(holder));
  const then = Date.now() / 1_000 - secondsAgo;
  utimesSync(`${mirror}.lock`, then, then);
}

it('lets one in at a time, in turn', async () => {
  const order: string[] = [];
  const unlock = await lockMirror(mirror, 0, never);
  const second = lockMirror(mirror, 5_000, never).then((release) => {
    order.push('second');
    return release();
  });
  order.push('first');
  await unlock();
  await second;
  expect(order).toEqual(['first', 'second']);
  expect(existsSync(`${mirror}.lock`)).toBe(false);
});

it('gives up after its wait', async () => {
  const unlock = await lockMirror(mirror, 0, never);
  await expect(lockMirror(mirror, 0, never)).rejects.toMatchObject({ code: 'MIRROR_BUSY' });
  await unlock();
});

it('stops waiting when told to', async () => {
  const unlock = await lockMirror(mirror, 0, never);
  await expect(lockMirror(mirror, 60_000, AbortSignal.timeout(20))).rejects.toBeDefined();
  await unlock();
});

it('passes on at once from a process of this machine that died', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await leftBehind({ id: 'gone', host: hostname(), pid }, 0);
  await (
    await lockMirror(mirror, 0, never)
  )();
});

it('passes on at once from a process that had the number of this one, as in a container that was started again', async () => {
  await leftBehind({ id: 'before', host: hostname(), pid: process.pid }, 0);
  await (
    await lockMirror(mirror, 0, never)
  )();
});

it('passes on from another machine that has not been heard of for long, and not before', async () => {
  await leftBehind({ id: 'far', host: 'another-machine', pid: 1 }, 5);
  await expect(lockMirror(mirror, 0, never)).rejects.toMatchObject({ code: 'MIRROR_BUSY' });
  await leftBehindAgain(31);
  await (
    await lockMirror(mirror, 0, never)
  )();
});

async function leftBehindAgain(secondsAgo: number): Promise<void> {
  rmSync(`${mirror}.lock`);
  await leftBehind({ id: 'far', host: 'another-machine', pid: 1 }, secondsAgo);
}

it('passes on from a holder that died before it wrote its name', async () => {
  await leftBehind({}, 31);
  await (
    await lockMirror(mirror, 0, never)
  )();
});

it('names its holder from the first moment on, and leaves nothing else behind', async () => {
  const seen = new Set<boolean>();
  for (let round = 0; round < 20; round += 1) {
    let taking = true;
    const taken = lockMirror(mirror, 0, never).finally(() => (taking = false));
    while (taking) {
      if (existsSync(`${mirror}.lock`)) seen.add(readFileSync(`${mirror}.lock`, 'utf8').includes(String(process.pid)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await (
      await taken
    )();
  }
  expect([...seen]).toEqual([true]);
  expect(readdirSync(dirname(mirror))).toEqual([]);
});

it('is given to only one of many who find a dead holder', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await leftBehind({ id: 'gone', host: hostname(), pid }, 0);
  const taken = await Promise.allSettled(Array.from({ length: 8 }, () => lockMirror(mirror, 0, never)));
  const unlocks = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(unlocks).toHaveLength(1);
  await Promise.all(unlocks.map((unlock) => unlock()));
});
