import { DatabaseConfig } from '../config/areas/database.config.js';
import { connectionBudget, type ConnectionBudget, type PoolName } from '../config/connection-budget.js';
import { assertOneBoundary, assertSeparateLogins, assertWeakLogin } from './boot-guards.js';
import type { GuardedLogin } from './boot/guarded-logins.js';
import type { Queryable } from './boot/queryable.js';
import type { Database } from './database.js';
import type { ConnectionPool } from './driver/pool.js';

const LOGIN_OF_POOL: Readonly<Record<PoolName, GuardedLogin>> = { tenant: 'login', privileged: 'privileged', queue: 'queue' };

/**
 * What is looked at before a service answers anybody: that each login can do no more than its row, and that there is a
 * boundary between them. Returns how many connections the process may take of those the server has.
 * @throws a subclass of UnsafeLoginError, DatabaseUnavailableError
 */
export async function checkAtBoot(database: Database, config: DatabaseConfig, pools: readonly PoolName[]): Promise<ConnectionBudget> {
  const open = database.pools.filter((pool): pool is ConnectionPool & { name: PoolName } => pool.name in LOGIN_OF_POOL);
  const clients: Partial<Record<GuardedLogin, Queryable>> = {};
  for (const pool of open) {
    const which = LOGIN_OF_POOL[pool.name];
    const client: Queryable = { query: (text, values) => pool.withClient((connected) => connected.query(text, values)) };
    clients[which] = client;
  }
  await assertSeparateLogins(clients);
  for (const which of Object.values(LOGIN_OF_POOL)) if (clients[which]) await assertWeakLogin(clients[which], which);
  await assertOneBoundary(clients);
  return connectionBudget(config, await usableConnections(open[0]), pools);
}

async function usableConnections(pool: ConnectionPool | undefined): Promise<number> {
  const result = await pool?.withClient((client) =>
    client.query<{ usable: number }>(
      `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
         - coalesce(current_setting('reserved_connections', true)::int, 0) as usable`,
    ),
  );
  return result?.rows[0]?.usable ?? 0;
}
