import { compareEntitiesWithMigrations } from '../../expected/entities-against-migrations.js';
import { partFinding, type CheckPart } from './part.js';

/** The schema that the entities declare is the one that the migrations make. */
export const entitiesPart: CheckPart = {
  name: 'entities',
  asks: 'Do the migrations make what the entities declare?',
  async run({ server }) {
    const differences = await compareEntitiesWithMigrations(server);
    return {
      lookedAt: 'every entity, and every migration',
      findings: differences.map(({ verb, fact }) =>
        partFinding(
          'entities',
          fact.key,
          `The migrations differ from the entities: ${fact.key} (${verb}).`,
          'npm run migration:generate -- <name> writes the migration; review it.',
        ),
      ),
    };
  },
};
