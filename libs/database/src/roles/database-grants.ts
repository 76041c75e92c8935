import { escapeIdentifier, type ClientBase } from 'pg';
import { LOGIN_NAMES } from './role-table.js';
import { readServerFacts, type ServerFacts } from './server.js';
import { StatementRunner } from './statement-runner.js';

/**
 * The rights that belong to the database itself. A database made from a template loses them, so that each clone needs
 * them again. A caller that does not own the database can change none of them and changes nothing.
 *
 * CONNECT stays open to PUBLIC, so that whoever watches the server still can; TEMP does not, since a temporary table or
 * function would outlive the transaction that a tenant made it in.
 */
export async function applyDatabaseGrants(client: ClientBase): Promise<void> {
  const server = await readServerFacts(client);
  await grantOnDatabase(new StatementRunner(client, server.caller), server);
}

/** The same, inside a bootstrap. */
export async function grantOnDatabase(runner: StatementRunner, server: ServerFacts): Promise<void> {
  if (!server.ownsDatabase) return;
  const database = escapeIdentifier(server.database);
  await runner.quietly(`REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`, 'close TEMP');
  for (const login of LOGIN_NAMES) {
    await runner.quietly(`GRANT CONNECT ON DATABASE ${database} TO ${escapeIdentifier(login)}`, `let "${login}" connect`);
  }
}
