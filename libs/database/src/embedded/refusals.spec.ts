import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkReachable } from './account.js';
import { stopServer } from './control.js';
import {
  FolderUnreachableError,
  MixedServersError,
  OtherMajorVersionError,
  PostgresProgramsMissingError,
  SecretsUnusableError,
  explainSystemError,
} from './errors.js';
import { embeddedHome } from './home.js';
import { joinEmbeddedServer } from './join.js';
import { prepareEnvironment } from './prepare-environment.js';
import { findPrograms } from './programs.js';
import { makeSpecHome, type SpecHome } from './spec-home.js';

describe('what the embedded server refuses', () => {
  let spec: SpecHome;
  beforeEach(async () => {
    spec = await makeSpecHome();
  });
  afterEach(async () => spec.remove());

  it('the data of another major version: names both, and touches nothing', async () => {
    await mkdir(spec.home.data, { recursive: true });
    await writeFile(join(spec.home.data, 'PG_VERSION'), '17\n');
    const before = await stat(spec.home.data);
    const refusal: unknown = await joinEmbeddedServer({ home: spec.home.folder }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OtherMajorVersionError);
    expect(String(refusal)).toMatch(/was made by PostgreSQL 17, and this installation brings PostgreSQL 18/);
    expect(await readdir(spec.home.data)).toEqual(['PG_VERSION']);
    const after = await stat(spec.home.data);
    expect([after.mode, after.uid, after.mtimeMs]).toEqual([before.mode, before.uid, before.mtimeMs]);
    expect(existsSync(spec.home.secretsFile)).toBe(false);
  });

  it('a data folder whose passwords are gone, and names the file', async () => {
    const server = await joinEmbeddedServer({ home: spec.home.folder, durability: 'test', graceMs: 0 });
    await server.release();
    await rm(spec.home.secretsFile);
    await stopServer(spec.home, { force: true });
    const refusal: unknown = await joinEmbeddedServer({ home: spec.home.folder }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SecretsUnusableError);
    expect(String(refusal)).toContain(spec.home.secretsFile);
  });

  it('a home that is a file, and says what to set', async () => {
    const file = join(spec.home.folder, '..', 'file');
    await writeFile(file, 'not a folder');
    await expect(joinEmbeddedServer({ home: file })).rejects.toMatchObject({ code: 'EMBEDDED_HOME_NOT_WRITABLE' });
    await expect(joinEmbeddedServer({ home: join(file, 'below') })).rejects.toThrow(/is a file\. Set PLINTH_HOME to a folder\./);
  });

  it('a folder that the unprivileged account cannot enter: names the first such folder and the mends', async () => {
    const closed = join(spec.home.folder, 'closed');
    await mkdir(join(closed, 'inner'), { recursive: true });
    await chmod(closed, 0o700);
    const account = { name: 'somebody', uid: 54_321, gid: 54_321 };
    const refusal: unknown = await checkReachable(account, join(closed, 'inner'), 'set PLINTH_HOME').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FolderUnreachableError);
    expect(String(refusal)).toContain(`"somebody" (uid 54321), who cannot enter "${closed}"`);
    expect(String(refusal)).toContain(`chmod o+x "${closed}"`);
    await chmod(closed, 0o711);
    await expect(checkReachable(account, closed, 'set PLINTH_HOME')).resolves.toBeUndefined();
  });

  it('a home below a private folder, when root starts it and somebody else must run it', async () => {
    await mkdir(spec.home.folder, { recursive: true });
    await chmod(spec.home.folder, 0o700);
    const home = join(spec.home.folder, 'inner');
    const outcome: unknown = await joinEmbeddedServer({ home, durability: 'test' }).catch((error: unknown) => error);
    if (process.getuid?.() === 0) {
      expect(outcome).toBeInstanceOf(FolderUnreachableError);
      expect(String(outcome)).toContain(`"${spec.home.folder}"`);
    } else {
      // The same user runs both: its private folder is no obstacle.
      expect(outcome).toMatchObject({ home });
    }
    await stopServer(embeddedHome(home), { force: true });
  });

  it('URLs of other servers while DATABASE_URL is not set', async () => {
    const before = { ...process.env };
    delete process.env['DATABASE_URL'];
    process.env['DATABASE_QUEUE_URL'] = 'postgres://app_queue:x@db.example.com/plinth';
    try {
      await expect(prepareEnvironment({ service: 'spec' })).rejects.toBeInstanceOf(MixedServersError);
    } finally {
      process.env = before;
    }
  });

  it('a full disk, in a sentence that names the folder', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(explainSystemError(full, '/data/home')).toMatchObject({ code: 'EMBEDDED_DISK_FULL', message: expect.stringContaining('"/data/home"') });
  });
});

describe("finding PostgreSQL's programs", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-spec-'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  it('makes the library links itself where npm has not run the install script', async () => {
    const installed = (await findPrograms(undefined)).packageFolder;
    const links = JSON.parse(await readFile(join(installed, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
    for (const name of ['package.json', 'native/pg-symlinks.json', ...links.map((link) => link.source)]) {
      if (existsSync(join(installed, name))) await cp(join(installed, name), join(folder, name));
    }
    await cp(join(installed, 'native', 'bin'), join(folder, 'native', 'bin'), { recursive: true });
    const found = await findPrograms(folder);
    expect(found.major).toBe(18);
    for (const link of links) expect([link.target, existsSync(join(folder, link.target))]).toEqual([link.target, true]);
    await expect(findPrograms(folder)).resolves.toEqual(found);
  });

  it('says so where PLINTH_POSTGRES_PACKAGE_DIR points at nothing', async () => {
    await expect(findPrograms(folder)).rejects.toBeInstanceOf(PostgresProgramsMissingError);
  });
});
