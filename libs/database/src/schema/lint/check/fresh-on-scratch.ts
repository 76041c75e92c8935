import { DataSource } from 'typeorm';
import { createOwnerDataSourceOptions } from '../../../data-source-options.js';
import { migrateScratch } from '../../expected/from-migrations.js';
import { withScratchDatabase, type ScratchDatabase } from '../../expected/scratch-database.js';
import type { CheckGround } from './part.js';

/** A scratch database on which the old migrations have run, with a data source of app_owner on it. */
export interface Scratch {
  readonly database: ScratchDatabase;
  readonly source: DataSource;
}

/** Makes one, does `work` and drops it. @throws what a migration or `work` says */
export async function withOldSchema<T>({ server, chosen }: CheckGround, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  return withScratchDatabase(server, async (database) => {
    await migrateScratch(database, server, [...chosen.old]);
    const source = await new DataSource({ ...createOwnerDataSourceOptions(database.url, server.tls), entities: [], migrations: [] }).initialize();
    try {
      return await work({ database, source });
    } finally {
      await source.destroy();
    }
  });
}
