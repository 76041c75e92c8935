import { Pool, type ClientConfig, type PoolClient } from 'pg';
import type { Catalogue } from './catalogue.js';
import { extractManaged } from './engine/extract.js';
import type { FactMap, SchemaFact } from './fact.js';
import { OWN_FACT_KINDS } from './own/kinds.js';
import { OF_LIBRARY } from './own/library-kinds.js';
import type { CatalogueServer } from './own/own-fact-kind.js';

export interface ReadOptions {
  /** True for the expected side: what belongs to the server is then taken from our own tables of roles, not from the server. */
  readonly asExpected?: boolean;
}

/**
 * Reads the catalogue of a database: with the comparing library, and by ourselves what that does not see. Needs no more than a login
 * that may read pg_catalog and call set_config (app_owner).
 * @throws what PostgreSQL or the connection says: then nothing is known, which is not the same as "nothing is there"
 */
export async function readCatalogue(connection: ClientConfig, { asExpected = false }: ReadOptions = {}): Promise<Catalogue> {
  const pool = new Pool({ ...connection, max: 1, application_name: 'plinth-schema' });
  pool.on('error', () => undefined);
  try {
    const { engine, facts, serverVersion } = await extractManaged(pool);
    const major = Number.parseInt(serverVersion, 10);
    const own = await readOwnFacts(pool, { major }, asExpected);
    return { major, serverVersion, facts: merge(facts, own), engine };
  } finally {
    await pool.end();
  }
}

async function readOwnFacts(pool: Pool, server: CatalogueServer, asExpected: boolean): Promise<SchemaFact[]> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local search_path to pg_catalog');
    const facts: SchemaFact[] = [];
    for (const kind of OWN_FACT_KINDS) facts.push(...(await readKind(kind, client, server, asExpected)));
    await client.query('commit');
    client.release();
    return facts;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function readKind(
  kind: (typeof OWN_FACT_KINDS)[number],
  client: PoolClient,
  server: CatalogueServer,
  asExpected: boolean,
): Promise<readonly SchemaFact[]> {
  if (asExpected && kind.expected !== undefined) return kind.expected(server);
  return kind.read(client, server);
}

/** One fact for each key: what both know of a thing is put together. */
function merge(facts: readonly SchemaFact[], own: readonly SchemaFact[]): FactMap {
  const merged = new Map(facts.map((fact) => [fact.key, fact]));
  for (const fact of own) {
    const known = merged.get(fact.key);
    // What an extension owns: the library leaves it out, and so there is nothing to add to.
    if (known === undefined && OF_LIBRARY.has(fact.kind)) continue;
    merged.set(fact.key, known === undefined ? fact : { ...known, attributes: { ...known.attributes, ...fact.attributes } });
  }
  return merged;
}
