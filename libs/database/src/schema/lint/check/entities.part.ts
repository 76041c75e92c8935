import { compareEntitiesWithMigrations } from '../../expected/entities-against-migrations.js';
import type { Difference } from '../../compare/difference.js';
import { partFinding, type CheckPart } from './part.js';

/** The schema that the entities declare is the one that the migrations make. */
export const entitiesPart: CheckPart = {
  name: 'entities',
  asks: 'Do the migrations make what the entities declare?',
  async run({ server }) {
    const differences = await compareEntitiesWithMigrations(server);
    return {
      lookedAt: 'every entity, and every migration',
      findings: differences.map((difference) =>
        partFinding('entities', difference.fact.key, wordsFor(difference), 'npm run migration:generate -- <name> writes the migration; review it.'),
      ),
    };
  },
};

function wordsFor(difference: Difference): string {
  const { verb, fact } = difference;
  if (verb === 'missing') return `No migration makes ${fact.key}, which the entities declare.`;
  if (verb === 'extra') return `The migrations make ${fact.key}, which no entity declares.`;
  return `${fact.key}: ${difference.attribute} is ${JSON.stringify(difference.actual)} after the migrations, and ${JSON.stringify(difference.expected)} by the entities.`;
}
