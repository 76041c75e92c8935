import pg from 'pg';
import { TlsConfig } from '../config/areas/tls.config.js';
import { connectionOptions } from '../config/connection-url.js';
import { loadConfig } from '../config/load-config.js';
import { compileStatement } from '../tenancy/compiled-statement.js';
import type { Row, Sql, SqlParameters } from '../tenancy/sql.js';
import { seedReferenceData, type SeedReport } from './reference-data.js';

/** Any number; the same in every process. Held to the end of the transaction. */
const SEED_LOCK = 7_304_118_227;

/**
 * Seeds the reference data as the login of `ownerUrl` (app_owner), in one transaction. Processes that come at once do it one after
 * the other; the later ones find nothing to add.
 * @throws InvalidSettingError, and what PostgreSQL answers (nothing has changed then)
 */
export async function runSeeds(ownerUrl: string): Promise<SeedReport> {
  const client = new pg.Client(connectionOptions(ownerUrl, loadConfig(TlsConfig), { application_name: 'plinth-seeds' }));
  // A connection that is lost between two statements fails the next one.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SEED_LOCK]);
    const report = await seedReferenceData(sqlOver(client));
    await client.query('commit');
    return report;
  } finally {
    await client.end();
  }
}

function sqlOver(client: pg.Client): Sql {
  const send = (text: string, parameters: SqlParameters = {}): Promise<pg.QueryResult> => {
    const statement = compileStatement(text);
    return client.query(
      statement.text,
      statement.names.map((name) => parameters[name]),
    );
  };
  return {
    query: async <R extends object = Row>(text: string, parameters?: SqlParameters) => (await send(text, parameters)).rows as R[],
    execute: async (text, parameters) => (await send(text, parameters)).rowCount ?? 0,
  };
}
