import type { DatabaseConfig } from '../config/areas/database.config.js';

/** What openDatabase needs to know beside the URLs; the configuration class has this shape, with its defaults. */
export type DatabaseSettings = Pick<
  DatabaseConfig,
  | 'poolSize'
  | 'privilegedPoolSize'
  | 'queuePoolSize'
  | 'statementTimeoutMs'
  | 'lockTimeoutMs'
  | 'idleInTransactionTimeoutMs'
  | 'connectTimeoutMs'
  | 'acquireTimeoutMs'
  | 'preparedStatements'
  | 'roundTripForm'
>;

export const DEFAULT_SETTINGS: DatabaseSettings = Object.freeze({
  poolSize: 10,
  privilegedPoolSize: 3,
  queuePoolSize: 3,
  statementTimeoutMs: 30_000,
  lockTimeoutMs: 5_000,
  idleInTransactionTimeoutMs: 30_000,
  connectTimeoutMs: 5_000,
  acquireTimeoutMs: 5_000,
  preparedStatements: true,
  roundTripForm: 'one-sync',
});
