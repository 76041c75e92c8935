import type { Catalogue } from '../../catalogue/catalogue.js';
import { readCatalogue } from '../../catalogue/read-catalogue.js';
import { differencesBetween } from '../../compare/differences.js';
import type { LintFinding } from '../finding.js';
import { recordMigration, type Direction } from '../record/record-migration.js';
import { withOldSchema, type Scratch } from './fresh-on-scratch.js';
import { counted } from './lint.part.js';
import { partFinding, type CheckGround, type CheckPart } from './part.js';

/** Up, down, up: the catalogue after the second up is that after the first, and after the down what it was before. */
export const roundTripPart: CheckPart = {
  name: 'round-trip',
  asks: 'Do up, down and up again leave the same catalogue?',
  async run(ground) {
    if (ground.chosen.fresh.length === 0) return { lookedAt: 'no new migration', findings: [] };
    return withOldSchema(ground, async (scratch) => {
      const before = await read(scratch);
      await runAll(ground, scratch, 'up');
      const first = await read(scratch);
      await runAll(ground, scratch, 'down');
      const reverted = await read(scratch);
      await runAll(ground, scratch, 'up');
      const second = await read(scratch);
      return {
        lookedAt: `${counted(ground.chosen.fresh.length, 'migration')}, ${counted(first.facts.size, 'fact')} of the catalogue`,
        findings: [
          ...between(first, second, 'round-trip', 'differs after up, down and up', 'Make down take back exactly what up does.'),
          ...between(
            before,
            reverted,
            'down-exact',
            'is not what it was after down',
            'Make down take back exactly what up does, or say in its comment why it cannot.',
          ),
        ],
      };
    });
  },
};

async function runAll({ chosen }: CheckGround, { source }: Scratch, direction: Direction): Promise<void> {
  const ordered = direction === 'up' ? chosen.fresh : chosen.fresh.toReversed();
  for (const migration of ordered) await recordMigration(source, migration, direction);
}

function read({ database }: Scratch): Promise<Catalogue> {
  return readCatalogue(database.connection, { asExpected: true });
}

function between(wanted: Catalogue, is: Catalogue, rule: string, words: string, mend: string): LintFinding[] {
  return differencesBetween(wanted.facts, is.facts).map(({ verb, fact }) => partFinding(rule, fact.key, `${fact.key} ${words} (${verb}).`, mend));
}
