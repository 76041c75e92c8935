import type { ClientBase } from 'pg';

/**
 * What a value's text depends on beside the value. Both sides of every comparison, and every archive, are written under these, so that
 * equal rows are equal bytes on every server, whatever the role or the database is set to.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  client_encoding: 'UTF8',
  datestyle: 'ISO, MDY',
  timezone: 'UTC',
  intervalstyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  xmlbinary: 'base64',
  lc_monetary: 'C',
  // Names of types and tables inside values (regclass and its like) are written in full.
  search_path: 'pg_catalog',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
};

/** Sets them for the transaction that is open. Takes no snapshot. */
export async function setCanonicalSettings(client: ClientBase): Promise<void> {
  const statements = Object.entries(SETTINGS).map(([name, value]) => `set local ${name} = '${value}'`);
  await client.query(statements.join(';'));
}

/** The first version that knows `transaction_timeout`. */
const TRANSACTION_TIMEOUT_SINCE = 170_000;

/** Takes the limit off that PostgreSQL 17 and later may have for long transactions. Takes the snapshot. */
export async function letTransactionLast(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: number }>("select current_setting('server_version_num')::int as version");
  if ((rows[0]?.version ?? 0) >= TRANSACTION_TIMEOUT_SINCE) await client.query('set local transaction_timeout = 0');
}
