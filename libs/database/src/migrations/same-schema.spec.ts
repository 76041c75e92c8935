import { DataSource } from 'typeorm';
import { createOwnerDataSourceOptions } from '../data-source-options.js';
import { allStatements, securityStatements } from '../entities/declare/security-sql.js';
import { entities } from '../entities/index.js';
import { readInventory } from '../entities/testing/read-catalogue.js';
import { withAdmin } from '../testing/admin.js';
import { INITIAL_FUNCTIONS_UP } from './initial/functions.sql.js';
import { QUEUE_FUNCTIONS_UP, QUEUE_TRIGGERS_UP } from './initial/queue.sql.js';
import { runMigrations } from './run.js';
import { createEmptyDatabase } from './testing/empty-database.js';

/** Triggers and functions that are no entity's: the migrations' own, needed on both sides. */
const BEFORE = [...INITIAL_FUNCTIONS_UP, ...QUEUE_FUNCTIONS_UP];

describe('the schema that the migrations make', () => {
  it('is, line by line of the catalogue, what the entities declare', async () => {
    const [migrated, declared] = await Promise.all([createEmptyDatabase(800), createEmptyDatabase(801)]);
    try {
      await runMigrations(migrated.ownerUrl);
      await makeFromEntities(declared.ownerUrl);
      const [actual, expected] = await Promise.all([withAdmin(migrated.adminUrl, readInventory), withAdmin(declared.adminUrl, readInventory)]);
      expect(expected.length).toBeGreaterThan(1_000);
      expect(actual).toEqual(expected);
    } finally {
      await Promise.all([migrated.drop(), declared.drop()]);
    }
  });
});

async function makeFromEntities(ownerUrl: string): Promise<void> {
  const source = await new DataSource(createOwnerDataSourceOptions(ownerUrl)).initialize();
  try {
    for (const statement of BEFORE) await source.query(statement);
    await source.synchronize();
    for (const statement of [...allStatements(securityStatements(entities)), ...QUEUE_TRIGGERS_UP]) await source.query(statement);
  } finally {
    await source.destroy();
  }
}
