import type { ClientConfig } from 'pg';
import { parseLoginUrl } from '../../config/connection-url.js';
import { readServerFacts } from '../../roles/server.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { ExpectedSource } from '../compare/finding.js';
import { NoExpectedSchemaError } from '../errors.js';
import { catalogueOfMigrations, type MigrationList } from './from-migrations.js';
import { withClient, type ScratchServer } from './scratch-database.js';
import { catalogueOfSnapshot } from './snapshot/load-snapshot.js';

export interface ExpectedCatalogue {
  readonly catalogue: Catalogue;
  readonly source: ExpectedSource;
}

/** Which migrations count. */
export interface RanMigrations {
  readonly ran: MigrationList;
  readonly head: string;
}

const made = new Map<string, Promise<Catalogue>>();

/**
 * What the migrations that ran on `database` make: in a scratch database of the same server, so that the same server prints both sides; where none can
 * be made, the committed snapshot of that major version. A process makes it once for each server and list.
 * @throws NoExpectedSchemaError where there is neither; what a migration says
 */
export async function expectedCatalogue(database: ClientConfig, { ran, head }: RanMigrations, scratch: ScratchServer | undefined): Promise<ExpectedCatalogue> {
  if (scratch !== undefined) return { catalogue: await madeOnce(ran, scratch), source: 'scratch-database' };
  const { major } = await withClient(database, readServerFacts);
  const snapshot = await catalogueOfSnapshot(major);
  if (snapshot.head === head) return { catalogue: snapshot.catalogue, source: 'snapshot' };
  throw new NoExpectedSchemaError(`the committed snapshot is of migration "${snapshot.head}", and this database is at "${head}".`);
}

async function madeOnce(ran: MigrationList, scratch: ScratchServer): Promise<Catalogue> {
  const { host, port, user } = parseLoginUrl(scratch.scratchUrl);
  const key = JSON.stringify([host, port, user, parseLoginUrl(scratch.ownerUrl).user, ran.map(String)]);
  const known = made.get(key);
  if (known !== undefined) return known;
  const making = catalogueOfMigrations(scratch, ran);
  made.set(key, making);
  // What failed is tried again by the next who asks.
  making.catch(() => made.delete(key));
  return making;
}
