import { DataSource, Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { createOwnerDataSourceOptions } from '../../../data-source-options.js';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.js';
import { MigrationNotRecordedError } from '../errors.js';
import { recordMigration } from './record-migration.js';

class AddMemo1795300000000 implements MigrationInterface {
  readonly name = 'AddMemo1795300000000';
  static seen: unknown;

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(new Table({ name: 'app.memo', columns: [{ name: 'id', type: 'uuid', isPrimary: true }] }));
    AddMemo1795300000000.seen = await runner.query('select count(*)::int as rows from app.memo where id <> $1', ['0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table app.memo');
  }
}

class IndexMemo1795300000001 implements MigrationInterface {
  readonly name = 'IndexMemo1795300000001';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index concurrently ix_memo_id on app.memo (id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index concurrently app.ix_memo_id');
  }
}

class FailsAtTheEnd1795300000002 implements MigrationInterface {
  readonly name = 'FailsAtTheEnd1795300000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table app.half (id uuid primary key)');
    await runner.query('select * from app.no_such_table');
  }

  async down(): Promise<void> {
    return Promise.resolve();
  }
}

describe('recording a migration', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await new DataSource({ ...createOwnerDataSourceOptions(database.urls.owner), entities: [], migrations: [] }).initialize();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it("writes down what TypeORM's own methods send, and gives the migration real answers", async () => {
    const messages = await recordMigration(source, AddMemo1795300000000, 'up');
    expect(messages[0]).toMatch(/^CREATE TABLE "app"."memo"/);
    expect(messages.at(-1)).toContain('select count(*)');
    expect(AddMemo1795300000000.seen).toEqual([{ rows: 0 }]);
  });

  it('runs one that says transaction = false outside of a transaction', async () => {
    expect(await recordMigration(source, IndexMemo1795300000001, 'up')).toEqual(['create index concurrently ix_memo_id on app.memo (id)']);
    expect(await recordMigration(source, IndexMemo1795300000001, 'down')).toEqual(['drop index concurrently app.ix_memo_id']);
  });

  it('records down as well', async () => {
    expect(await recordMigration(source, AddMemo1795300000000, 'down')).toEqual(['drop table app.memo']);
  });

  it('says which statement failed, and leaves nothing of a transactional one', async () => {
    const failed = recordMigration(source, FailsAtTheEnd1795300000002, 'up');
    await expect(failed).rejects.toThrow(MigrationNotRecordedError);
    await expect(failed).rejects.toThrow('"FailsAtTheEnd1795300000002" failed on the scratch database, in its "up" at "select * from app.no_such_table"');
    expect(await source.query(`select to_regclass('app.half') as half`)).toEqual([{ half: null }]);
  });
});
