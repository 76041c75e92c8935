import type { EntityTarget } from '../../entities/declare/tenancy.js';
import { entities as ownEntities } from '../../entities/index.js';
import { migrations as ownMigrations } from '../../migrations/index.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import type { Difference } from '../compare/difference.js';
import { differencesBetween } from '../compare/differences.js';
import { makeFromEntities } from './from-entities.js';
import { migrateScratch, type MigrationList } from './from-migrations.js';
import { readHandmadeObjects } from './handmade-objects.js';
import { withClient, withScratchDatabase, type ScratchServer } from './scratch-database.js';

/** Which entities and which migrations; without them those of this build. */
export interface SchemaSources {
  readonly entities?: readonly EntityTarget[];
  readonly migrations?: MigrationList;
}

export interface TwoViews {
  readonly migrations: Catalogue;
  readonly entities: Catalogue;
}

/**
 * What the migrations make and what the entities declare, each read from a scratch database on the same server.
 * @param meanwhile statements for the migrations' database before it is read: renames
 * @throws what a migration or a declaration says
 */
export async function readBothViews(
  server: ScratchServer,
  { entities = ownEntities, migrations = [...ownMigrations] }: SchemaSources = {},
  meanwhile: readonly string[] = [],
): Promise<TwoViews> {
  return withScratchDatabase(server, async (migrated) => {
    await migrateScratch(migrated, server, migrations);
    await migrated.run(meanwhile);
    const handmade = await withClient(migrated.connection, readHandmadeObjects);
    const declared = await withScratchDatabase(server, async (database) => {
      await makeFromEntities(database, server, entities, handmade);
      return readCatalogue(database.connection, { asExpected: true });
    });
    return { migrations: await readCatalogue(migrated.connection, { asExpected: true }), entities: declared };
  });
}

/** Where the migrations differ from the entities, which say how it should be. Empty: no migration is missing. */
export async function compareEntitiesWithMigrations(server: ScratchServer, sources: SchemaSources = {}): Promise<Difference[]> {
  const views = await readBothViews(server, sources);
  return differencesBetween(views.entities.facts, views.migrations.facts);
}
