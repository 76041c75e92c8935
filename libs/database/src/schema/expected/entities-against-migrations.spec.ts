import { testEnvironment } from '../../testing/environment.js';
import { compareEntitiesWithMigrations } from './entities-against-migrations.js';

describe('the entities and the migrations', () => {
  it('make the same schema: npm run migration:generate -- <name> writes the migration that is missing', async () => {
    const { urls } = testEnvironment();
    const differences = await compareEntitiesWithMigrations({ scratchUrl: urls.admin, ownerUrl: urls.owner });
    expect(differences.map(({ verb, fact }) => `${verb} in the migrations: ${fact.key}`)).toEqual([]);
  });
});
