import { DataSource, type DataSourceOptions } from 'typeorm';
import { createOwnerDataSourceOptions } from '../../data-source-options.js';
import { migrations as ownMigrations } from '../../migrations/index.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import { STEADY_SESSION } from './steady-session.js';
import { withScratchDatabase, type ScratchDatabase, type ScratchServer } from './scratch-database.js';

export type MigrationList = Extract<NonNullable<DataSourceOptions['migrations']>, readonly unknown[]>;

/** What the migrations make on this server. @throws what PostgreSQL or a migration says */
export async function catalogueOfMigrations(server: ScratchServer, migrations: MigrationList = [...ownMigrations]): Promise<Catalogue> {
  return withScratchDatabase(server, async (database) => {
    await migrateScratch(database, server, migrations);
    return readCatalogue(database.connection, { asExpected: true });
  });
}

/** Runs migrations in a scratch database, which nobody else knows: without lock, without record. */
export async function migrateScratch(database: ScratchDatabase, { tls }: Pick<ScratchServer, 'tls'>, migrations: MigrationList): Promise<void> {
  const source = new DataSource({ ...createOwnerDataSourceOptions(database.url, tls), entities: [], migrations, extra: { options: STEADY_SESSION } });
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
}
