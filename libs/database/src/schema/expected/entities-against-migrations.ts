import type { EntityTarget } from '../../entities/declare/tenancy.js';
import { entities as ownEntities } from '../../entities/index.js';
import { migrations as ownMigrations } from '../../migrations/index.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import type { Difference } from '../compare/difference.js';
import { differencesBetween } from '../compare/differences.js';
import { makeFromEntities } from './from-entities.js';
import { migrateScratch, type MigrationList } from './from-migrations.js';
import { readHandmadeObjects, type HandmadeObjects } from './handmade-objects.js';
import { withClient, withScratchDatabase, type ScratchDatabase, type ScratchServer } from './scratch-database.js';

/** Which entities and which migrations; without them those of this build. */
export interface SchemaSources {
  readonly entities?: readonly EntityTarget[];
  readonly migrations?: MigrationList;
}

/** The two views of one schema, and the database that the migrations made, for as long as the work with them lasts. */
export interface TwoViews {
  readonly migrated: ScratchDatabase;
  readonly migrations: Catalogue;
  readonly entities: Catalogue;
  readonly handmade: HandmadeObjects;
}

/**
 * Reads what the migrations make and what the entities declare, each from a scratch database on the same server, and does `work` while
 * that of the migrations is still there.
 * @throws what a migration, a declaration or `work` says
 */
export async function withBothViews<T>(
  server: ScratchServer,
  { entities = ownEntities, migrations = [...ownMigrations] }: SchemaSources,
  work: (views: TwoViews) => Promise<T>,
): Promise<T> {
  return withScratchDatabase(server, async (migrated) => {
    await migrateScratch(migrated, server, migrations);
    const made = await readCatalogue(migrated.connection, { asExpected: true });
    const handmade = await withClient(migrated.connection, readHandmadeObjects);
    const declared = await withScratchDatabase(server, async (database) => {
      await makeFromEntities(database, server, entities, handmade);
      return readCatalogue(database.connection, { asExpected: true });
    });
    return work({ migrated, migrations: made, entities: declared, handmade });
  });
}

/** Where the migrations differ from the entities, which say how it should be. Empty: no migration is missing. */
export async function compareEntitiesWithMigrations(server: ScratchServer, sources: SchemaSources = {}): Promise<Difference[]> {
  return withBothViews(server, sources, ({ entities, migrations }) => Promise.resolve(differencesBetween(entities.facts, migrations.facts)));
}
