import type { DatabaseConfig } from './areas/database.config.js';

/** The pools a process opens. */
export type PoolName = 'tenant' | 'privileged' | 'queue';

export interface ConnectionBudget {
  /** One line for the start of a process. */
  readonly line: string;
  /** Whether one such process stays within what the server leaves to ordinary logins. */
  readonly fits: boolean;
  readonly total: number;
}

/** What a process holds beside its pools. */
const HEALTH_CONNECTIONS = 1;
const LISTENING_CONNECTIONS = 1;

/**
 * Adds up the connections that one process may hold against what the server allows.
 * @param maxConnections `max_connections` less `superuser_reserved_connections` and, from PostgreSQL 16, `reserved_connections`.
 */
export function connectionBudget(
  config: Pick<DatabaseConfig, 'poolSize' | 'privilegedPoolSize' | 'queuePoolSize'>,
  maxConnections: number,
  pools: readonly PoolName[] = ['tenant', 'privileged', 'queue'],
): ConnectionBudget {
  const sizes: Record<PoolName, number> = {
    tenant: config.poolSize,
    privileged: config.privilegedPoolSize,
    queue: config.queuePoolSize,
  };
  const held: [string, number][] = pools.map((pool) => [pool, sizes[pool]]);
  held.push(['health', HEALTH_CONNECTIONS], ['listening', LISTENING_CONNECTIONS]);
  const total = held.reduce((sum, [, size]) => sum + size, 0);
  const parts = held.map(([name, size]) => `${name} ${size}`);
  const fits = total <= maxConnections;
  const processes = Math.floor(maxConnections / total);
  const verdict = fits
    ? `room for ${processes} such ${processes === 1 ? 'process' : 'processes'}`
    : 'more than the server allows: lower the pool sizes or raise max_connections';
  return {
    line: `database connections of this process: ${parts.join(' + ')} = ${total} of ${maxConnections}; ${verdict}`,
    fits,
    total,
  };
}
