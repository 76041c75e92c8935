import type { Client } from 'pg';
import type { Catalogue } from '../catalogue/catalogue.js';
import { partlyExpected } from '../catalogue/engine/partial.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import type { Difference } from '../compare/difference.js';
import { differencesBetween } from '../compare/differences.js';
import type { ExpectedSource } from '../compare/finding.js';
import { respelledAmong } from '../compare/respelled.js';
import { CouldNotLookError, LookFailedError, NotTheOwnerError, SchemaIsNewerError } from '../errors.js';
import { expectedCatalogue } from '../expected/expected-catalogue.js';
import type { MigrationList } from '../expected/from-migrations.js';
import { withClient } from '../expected/scratch-database.js';
import type { SchemaConnections } from './connections.js';
import { readJournalState, type JournalState } from './journal-state.js';

const OWNER = 'app_owner';

/** Both sides of one comparison. */
export interface Look {
  readonly expected: Catalogue;
  /** What was only spelled differently is spelled as expected here. */
  readonly actual: Catalogue;
  readonly differences: readonly Difference[];
  /** Those that may only be spelled differently, and why PostgreSQL could not be asked. */
  readonly unasked: ReadonlyMap<Difference, string>;
  readonly journal: JournalState;
  readonly source: ExpectedSource;
}

/**
 * Compares the database with what the migrations that ran on it make.
 * @throws CouldNotLookError: SchemaIsNewerError where the journal knows a migration that this build does not, NoExpectedSchemaError where
 *   there is nothing to compare with, LookFailedError for everything else
 */
export async function look(connections: SchemaConnections, migrations: MigrationList): Promise<Look> {
  try {
    return await lookAtBoth(connections, migrations);
  } catch (error) {
    throw error instanceof CouldNotLookError ? error : new LookFailedError(error);
  }
}

async function lookAtBoth({ owner, scratch }: SchemaConnections, migrations: MigrationList): Promise<Look> {
  const journal = await withClient(owner, async (client) => {
    await refuseAllButOwner(client);
    return readJournalState(client, migrations);
  });
  if (journal.unknown.length > 0) throw new SchemaIsNewerError(journal.unknown);
  const [found, { catalogue: expected, source }] = await Promise.all([readCatalogue(owner), expectedCatalogue(owner, journal, scratch)]);
  const raw = differencesBetween(expected.facts, found.facts);
  const respelled = await withClient(owner, (client) => respelledAmong(raw, client));
  const differences = raw.filter((difference) => !respelled.same.has(difference));
  return { expected, actual: spelledAsExpected(found, expected, differences, respelled.same), differences, unasked: respelled.unasked, journal, source };
}

/** What anybody else made would belong to him, and so would what the migrations make in his name: everything would differ. */
async function refuseAllButOwner(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_user::text as name');
  const name = rows[0]?.name ?? '';
  if (name !== OWNER) throw new NotTheOwnerError(name, OWNER);
}

/** So that no plan repairs what is only spelled differently. */
function spelledAsExpected(actual: Catalogue, expected: Catalogue, real: readonly Difference[], respelled: ReadonlySet<Difference>): Catalogue {
  if (respelled.size === 0) return actual;
  const differing = new Set(real.map(({ fact }) => fact.key));
  const keys = [...respelled].map(({ fact }) => fact.key).filter((key) => !differing.has(key));
  return { ...partlyExpected(actual, expected, new Set(keys)), major: actual.major, serverVersion: actual.serverVersion };
}
