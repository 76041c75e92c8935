import { tenancyOf } from '../../entities/declare/tenancy.js';
import { migrations } from '../../migrations/index.js';
import { migrateScratch } from '../expected/from-migrations.js';
import { withClient, withScratchDatabase, type ScratchDatabase, type ScratchServer } from '../expected/scratch-database.js';
import { TableWithoutCounterpartError } from './errors.js';
import { AREAS, placesOfEntities, type EntityPlace } from './facts/areas.js';
import { readCatalogueTables } from './facts/read-catalogue-tables.js';
import { readFunctions } from './facts/read-functions.js';
import type { AreaFacts, CatalogueTable, FunctionFacts, TableFacts } from './facts/table-facts.js';
import { readInventory } from './history/inventory.js';
import { versionOf, type SchemaVersion } from './history/schema-version.js';

/** All that the documentation says, before it is rendered. */
export interface SchemaDocument {
  readonly areas: readonly AreaFacts[];
  readonly functions: readonly FunctionFacts[];
  /** Newest first. */
  readonly versions: readonly SchemaVersion[];
}

/**
 * Runs the migrations one by one in a scratch database on `server` and looks at what each made. The same on PostgreSQL 15 to 18.
 * @throws TableWithoutCounterpartError, UndocumentedEntityError, and what a migration or PostgreSQL says
 */
export async function schemaDocument(server: ScratchServer): Promise<SchemaDocument> {
  const places = await placesOfEntities();
  return withScratchDatabase(server, async (database) => {
    const versions = await runOneByOne(database, server);
    return withClient(database.connection, async (client) => {
      const tables = joined(await readCatalogueTables(client), places);
      const areas = AREAS.map((area) => ({ ...area, tables: tables.filter(({ name }) => places.get(name)?.area === area.folder) }));
      return { areas, functions: await readFunctions(client), versions: versions.reverse() };
    });
  });
}

async function runOneByOne(database: ScratchDatabase, server: ScratchServer): Promise<SchemaVersion[]> {
  const versions: SchemaVersion[] = [];
  let before = await withClient(database.connection, readInventory);
  for (const [place, migration] of migrations.entries()) {
    // The journal knows the earlier ones: only the last of the list runs.
    await migrateScratch(database, server, migrations.slice(0, place + 1));
    const after = await withClient(database.connection, readInventory);
    versions.push(versionOf(migration.name, before, after));
    before = after;
  }
  return versions;
}

function joined(tables: readonly CatalogueTable[], places: ReadonlyMap<string, EntityPlace>): TableFacts[] {
  const made = new Set(tables.map(({ name }) => name));
  const unmade = [...places.keys()].find((name) => !made.has(name));
  if (unmade !== undefined) throw new TableWithoutCounterpartError(unmade, 'migration');
  return tables.map((table) => {
    const place = places.get(table.name);
    if (place === undefined) throw new TableWithoutCounterpartError(table.name, 'entity');
    const { entity, source } = place;
    return { ...table, entity: entity.name, source, tenancyClass: tenancyOf(entity).tenancyClass };
  });
}
