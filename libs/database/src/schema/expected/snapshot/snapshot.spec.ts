import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations } from '../../../migrations/index.js';
import { withAdmin } from '../../../testing/admin.js';
import { createTestDatabase, testAdminUrl, type TestDatabase } from '../../../testing/test-database.js';
import { SchemaManager } from '../../manager/schema-manager.js';
import { catalogueOfMigrations } from '../from-migrations.js';
import { catalogueOfSnapshot, isSnapshotCurrent, renewSnapshot } from './load-snapshot.js';
import { formatSnapshot, readSnapshotFile } from './snapshot-file.js';

describe('the committed snapshot', () => {
  let database: TestDatabase;
  const head = migrations.at(-1)?.name ?? '';

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  it('is what the migrations make on this major version (npm run schema:snapshot -- --all writes it)', async () => {
    const catalogue = await catalogueOfMigrations({ scratchUrl: testAdminUrl(), ownerUrl: database.urls.owner });
    expect(await isSnapshotCurrent(head, catalogue)).toBe(true);
    const file = await readSnapshotFile();
    expect(formatSnapshot(renewSnapshot(file, head, catalogue))).toBe(formatSnapshot(file));
  });

  it('stands in for a scratch database where none can be made: no drift where there is none, and drift where there is', async () => {
    const manager = new SchemaManager({ ownerUrl: database.urls.owner });
    expect(await manager.validateSchema()).toMatchObject({ outcome: 'same', source: 'snapshot', head });
    await withAdmin(database.urls.admin, (admin) => admin.query('alter table app.run disable row level security'));
    const report = await manager.validateSchema();
    expect(report).toMatchObject({ outcome: 'drift', source: 'snapshot', findings: [{ code: 'ROW_SECURITY_SWITCHED', key: 'table:app.run' }] });
    await expect(manager.fixSchema()).rejects.toThrow('DATABASE_SCRATCH_URL');
    await withAdmin(database.urls.admin, (admin) => admin.query('alter table app.run enable row level security'));
  });

  it('knows nothing of other majors, and says so', async () => {
    await expect(catalogueOfSnapshot(14)).rejects.toThrow('the snapshot holds PostgreSQL 15, 16, 17, 18, and this is 14');
  });

  it('names the file that is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plinth-snapshot-'));
    const path = join(folder, 'broken.jsonl');
    await writeFile(path, '{}\n');
    await expect(readSnapshotFile(path)).rejects.toThrow(`"${path}" is no snapshot`);
    await rm(folder, { recursive: true });
  });
});
