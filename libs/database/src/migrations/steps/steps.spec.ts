import type { MigrationInterface, QueryRunner } from 'typeorm';
import { withAdmin } from '../../testing/admin.js';
import { MigrationDataSource } from '../migration-data-source.js';
import type { MigrationClass } from '../target.js';
import { createEmptyDatabase, type EmptyDatabase } from '../testing/empty-database.js';
import { probeName, probeTarget } from '../testing/probes.js';
import { changeRows, changeRowsInBatches, type RowChange } from './change-rows.js';

describe('a data step of a migration', () => {
  let database: EmptyDatabase;
  let sequence = 990;

  beforeEach(async () => {
    database = await createEmptyDatabase((sequence += 1));
    await admin(
      'create table app.note (id int, title text); insert into app.note select n from generate_series(1, 120) n; alter table app.note owner to app_owner',
    );
  });
  afterEach(() => database.drop());

  const admin = (text: string): Promise<unknown> => withAdmin(database.adminUrl, (client) => client.query(text));
  const titled = (): Promise<number> =>
    withAdmin(database.adminUrl, async (client) => (await client.query<{ n: number }>('select count(title)::int as n from app.note')).rows[0]?.n ?? -1);

  const change: RowChange = {
    what: 'give notes a title',
    sql: 'update app.note set title = $1 where title is null',
    values: ['none'],
    tables: ['app.note'],
  };
  const batch: RowChange = { ...change, sql: 'update app.note set title = $1 where id in (select id from app.note where title is null limit 50)' };

  async function migrate(step: (runner: QueryRunner) => Promise<number>, transaction?: false): Promise<number> {
    let changed = 0;
    const name = probeName(1);
    const migration: MigrationClass = class implements MigrationInterface {
      readonly name = name;
      readonly transaction = transaction;
      async up(runner: QueryRunner): Promise<void> {
        changed += await step(runner);
      }
      down(): Promise<void> {
        return Promise.resolve();
      }
    };
    const source = await new MigrationDataSource(database.ownerUrl, { target: probeTarget([migration]), say: () => undefined }).initialize();
    try {
      await source.runMigrations();
    } finally {
      await source.destroy();
    }
    return changed;
  }

  it('changes rows and answers how many', async () => {
    expect(await migrate((runner) => changeRows(runner, change))).toBe(120);
    expect(await titled()).toBe(120);
  });

  it('in batches commits each, and answers how many in all', async () => {
    expect(await migrate((runner) => changeRowsInBatches(runner, batch), false)).toBe(120);
    expect(await titled()).toBe(120);
  });

  it('in batches is refused inside one transaction', async () => {
    await expect(migrate((runner) => changeRowsInBatches(runner, batch))).rejects.toThrow('transaction = false');
  });

  it.each([undefined, false] as const)('that changes none is an error, unless it says why it may (transaction: %s)', async (transaction) => {
    await admin("update app.note set title = 'x'");
    const step = transaction === false ? changeRowsInBatches : changeRows;
    await expect(migrate((runner) => step(runner, change), transaction)).rejects.toMatchObject({ code: 'NO_ROWS_CHANGED' });
    expect(await migrate((runner) => step(runner, { ...change, mayChangeNone: 'every note has one' }), transaction)).toBe(0);
  });

  const hiding: [string, string][] = [
    ['forced row security without a policy for it', 'select 1'],
    ['a policy that shows some rows', 'create policy few on app.note for all to app_owner using (id < 10) with check (true)'],
    ['a policy for reading only', 'create policy reads on app.note for select to app_owner using (true)'],
    ['a policy for another role', 'create policy others on app.note for all to app_tenant using (true) with check (true)'],
    [
      'a restrictive policy beside the open one',
      'create policy owner_all on app.note for all to app_owner using (true) with check (true); create policy narrow on app.note as restrictive for all to public using (id < 10)',
    ],
  ];
  it.each(hiding)('is refused where rows are hidden by %s', async (_name, policy) => {
    await admin(`alter table app.note enable row level security; alter table app.note force row level security; ${policy}`);
    await expect(migrate((runner) => changeRows(runner, { ...change, mayChangeNone: 'never' }))).rejects.toMatchObject({
      code: 'HIDDEN_ROWS',
      message: expect.stringContaining('create policy owner_all on app.note for all to app_owner'),
    });
    expect(await titled()).toBe(0);
  });

  it('is let through by the owner’s own policy', async () => {
    await admin(
      'alter table app.note enable row level security; alter table app.note force row level security; create policy owner_all on app.note for all to app_owner using (true) with check (true)',
    );
    expect(await migrate((runner) => changeRows(runner, change))).toBe(120);
  });

  it('is refused where its table is missing or none is named', async () => {
    await expect(migrate((runner) => changeRows(runner, { ...change, tables: ['app.nothing'] }))).rejects.toThrow('is not there');
    await expect(migrate((runner) => changeRows(runner, { ...change, tables: [] }))).rejects.toThrow('names no table');
  });
});
