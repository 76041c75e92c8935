import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedHome } from './home.js';
import { takeLock } from './lock.js';

describe('the lock of a home', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-spec-'));
    path = join(folder, 'lock');
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  it('is held by one, and free again after it', async () => {
    const lock = await takeLock(path);
    expect(lock).toBeDefined();
    expect(await takeLock(path)).toBeUndefined();
    await lock?.release();
    expect(await takeLock(path)).toBeDefined();
  });

  it('is taken over where its process is gone', async () => {
    await writeFile(path, '999999999 12345');
    expect(await takeLock(path)).toBeDefined();
    expect(await readFile(path, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  });

  it('is taken over where its number belongs to a later process', async () => {
    await writeFile(path, `${process.pid} 1`);
    expect(await takeLock(path)).toBeDefined();
  });
});

describe('the socket of a home', () => {
  it("moves to the system's folder for such things where the path would be too long, and differs by home", () => {
    const deep = (name: string): string => join('/srv', 'x'.repeat(100), name);
    const [one, other] = [embeddedHome(deep('one')).socket, embeddedHome(deep('other')).socket];
    expect(Buffer.byteLength(one)).toBeLessThanOrEqual(100);
    expect(one.startsWith(tmpdir())).toBe(true);
    expect(one).not.toBe(other);
    expect(embeddedHome('/srv/short').socket).toBe('/srv/short/supervisor.sock');
  });
});
