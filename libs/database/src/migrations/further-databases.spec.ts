import { UnknownDatabaseError } from '../tenancy/errors.js';
import { getDatabaseConnection } from '../tenancy/further-databases.js';
import { withAdmin } from '../testing/admin.js';
import { targetNamed, furtherMigrations, ownerVariableOf } from './further-databases.js';
import { migrations } from './index.js';
import { MigrationDataSource } from './migration-data-source.js';
import { PLINTH } from './target.js';
import { createEmptyDatabase } from './testing/empty-database.js';
import { probe, probeName } from './testing/probes.js';

const LISTS = { reporting: [probe(1, ['create table app.sales (id int)'], { down: ['drop table app.sales'] })] };

describe('the migrations of a further database', () => {
  it('are found by its name, which compares without case; no name means ours', () => {
    expect(targetNamed(undefined)).toBe(PLINTH);
    expect(targetNamed('plinth').migrations).toBe(migrations);
    expect(targetNamed('Reporting', LISTS)).toMatchObject({ database: 'reporting', variable: 'DATABASES_REPORTING_OWNER_URL', migrations: LISTS.reporting });
    expect(() => targetNamed('nowhere', LISTS)).toThrow('There are: plinth, reporting');
    expect(() => targetNamed('toString', LISTS)).toThrow('No database "toString"');
  });

  it('run, keep books of their own and revert, and nothing of ours gets there', async () => {
    const database = await createEmptyDatabase(915);
    try {
      const source = await new MigrationDataSource(database.ownerUrl, { target: targetNamed('reporting', LISTS), say: () => undefined }).initialize();
      const tables = (): Promise<string[]> =>
        withAdmin(database.adminUrl, async (admin) => {
          const { rows } = await admin.query<{ name: string }>(
            "select schemaname || '.' || tablename as name from pg_tables where schemaname in ('app', 'plinth') order by 1",
          );
          return rows.map(({ name }) => name);
        });
      expect((await source.runMigrations()).map(({ name }) => name)).toEqual([probeName(1)]);
      expect(await tables()).toEqual(['app.sales', 'plinth.migration', 'plinth.migration_run']);
      expect(await source.runMigrations()).toEqual([]);
      await source.undoLastMigration();
      expect(await tables()).toEqual(['plinth.migration', 'plinth.migration_run']);
      await source.destroy();
    } finally {
      await database.drop();
    }
  });

  it('belong to a name each, with its own owner; who migrates it is no further database', () => {
    expect(Object.keys(furtherMigrations).filter((name) => !/^[a-z][a-z0-9-]*$/.test(name))).toEqual([]);
    const env = { [ownerVariableOf('reporting')]: 'postgres://o:o@h/d', DATABASES_REPORTING_URL: 'postgres://r:r@h/d' };
    let refused: unknown;
    try {
      getDatabaseConnection('other', env);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(UnknownDatabaseError);
    expect(String(refused)).not.toContain('owner');
  });
});
