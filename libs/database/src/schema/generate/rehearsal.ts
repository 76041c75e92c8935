import type { Catalogue } from '../catalogue/catalogue.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import { differencesBetween } from '../compare/differences.js';
import { withClient, type ScratchDatabase } from '../expected/scratch-database.js';
import { GeneratedStatementError, MigrationNotExactError } from './errors.js';

/** Statements that run as one migration does. */
export interface Runnable {
  readonly transactional: boolean;
  readonly statements: readonly string[];
}

/** A scratch database that migrations are tried in. */
export class Rehearsal {
  constructor(private readonly database: ScratchDatabase) {}

  /** @throws GeneratedStatementError */
  async run({ transactional, statements }: Runnable): Promise<void> {
    await withClient(this.database.connection, async (client) => {
      if (transactional) await client.query('begin');
      for (const statement of statements) {
        await client.query(statement).catch((error: unknown) => {
          throw new GeneratedStatementError(statement, error);
        });
      }
      if (transactional) await client.query('commit');
    });
  }

  look(): Promise<Catalogue> {
    return readCatalogue(this.database.connection, { asExpected: true });
  }

  /** @throws MigrationNotExactError where what was found after what ran is not what it should be */
  expect(wanted: Catalogue, found: Catalogue, direction: 'up' | 'down' | 'up again'): void {
    const left = differencesBetween(wanted.facts, found.facts);
    if (left.length === 0) return;
    throw new MigrationNotExactError(
      direction,
      left.map(({ verb, fact }) => `${verb} ${fact.key}`),
    );
  }
}
