import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestDatabase } from '../../testing/test-database.js';
import { ArchiveIncompleteError } from './archive/errors.js';
import { openArchive, verifiedArchive } from './archive/open-archive.js';
import { backUp } from './back-up.js';
import { restore } from './restore/restore.js';
import { archiveFolder, asOwner, contentOf, oddDatabase } from './testing/full-database.js';

const PROGRAM = join(process.cwd(), 'dist/libs/database/src/schema/backup/testing/lone-backup.js');

describe('a process that is killed half way', () => {
  let source: TestDatabase;
  let folder: { path: string; remove: () => Promise<void> };

  beforeAll(async () => {
    source = await oddDatabase({ rows: true });
  });
  afterAll(() => source.drop());
  beforeEach(async () => {
    folder = await archiveFolder();
  });
  afterEach(() => folder.remove());

  async function killInTheMiddle(...args: readonly string[]): Promise<void> {
    const child: ChildProcess = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    await Promise.race([once(child.stdout ?? child, 'data'), exited.then(() => Promise.reject(new Error('It ended before it was killed.')))]);
    child.kill('SIGKILL');
    await exited;
  }

  it('leaves nothing that a restore takes for an archive, and nothing in the ledger', async () => {
    await killInTheMiddle('backup', source.urls.owner, folder.path, '20');

    const left = await readdir(folder.path);
    expect(left).toEqual([expect.stringMatching(/^\.partial-/)]);
    await expect(openArchive(join(folder.path, String(left[0])))).rejects.toThrow(ArchiveIncompleteError);
    const { rowCount } = await asOwner(source, (owner) => owner.query(`select 1 from app.schema_ledger where kind = 'BACKUP'`));
    expect(rowCount).toBe(0);
  });

  it('leaves the database that it was restoring into as it was, open for the next try', async () => {
    const { archive } = await asOwner(source, (owner) => backUp(owner, { to: folder.path, build: '0' }));
    const target = await oddDatabase({ rows: false });
    try {
      const before = await contentOf(target);
      await killInTheMiddle('restore', target.urls.owner, archive, '20');

      expect(await contentOf(target)).toEqual(before);
      await asOwner(target, async (owner) => restore(owner, { archive: await verifiedArchive(archive) }));
      expect(await contentOf(target, ['schema_ledger'])).toEqual(await contentOf(source, ['schema_ledger']));
    } finally {
      await target.drop();
    }
  });
});
