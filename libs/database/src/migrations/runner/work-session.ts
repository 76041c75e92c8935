import type { ClientConfig } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { sqlStateOf } from '../../errors.js';
import { acquireMigrationLock, releaseMigrationLock, type LockOptions } from '../migration-lock.js';
import { refuseTransactionPooler } from './pooler.js';
import { sessionOfRunner, type Session } from './session.js';

/** The connection that holds the migration lock and does the work. */
export interface WorkSession {
  readonly runner: QueryRunner;
  readonly session: Session;
  /** The server's process. */
  readonly pid: number;
}

const INVALID_PARAMETER_VALUE = '22023';

/**
 * Runs `work` on one session of the source that holds the migration lock: when the connection or the process dies, lock and work end
 * together, so that nobody begins while the server still works on what was begun.
 * @throws TransactionPoolerError, MigrationLockTimeoutError, and what `work` throws
 */
export async function withWorkSession<T>(
  source: DataSource,
  connection: ClientConfig,
  lock: LockOptions,
  work: (session: WorkSession) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    const client: unknown = await runner.connect();
    const session = sessionOfRunner(runner);
    await refuseTransactionPooler(client, session, connection);
    await prepare(session);
    await acquireMigrationLock(session, lock);
    try {
      const [row] = await session.rows<{ pid: number }>('select pg_backend_pid() as pid');
      return await work({ runner, session, pid: row?.pid ?? 0 });
    } finally {
      // A session that is gone has no lock any more; what `work` threw says why.
      await releaseMigrationLock(session).catch(() => undefined);
    }
  } finally {
    await runner.release();
  }
}

/** Timeouts of the login are meant for other work. */
async function prepare(session: Session): Promise<void> {
  await session.rows("select set_config(name, '0', false) from unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) name");
  try {
    // A long statement of a process that was killed ends with it, and does not keep the lock.
    await session.rows("set client_connection_check_interval = '1s'");
  } catch (error) {
    // Not on every operating system.
    if (sqlStateOf(error) !== INVALID_PARAMETER_VALUE) throw error;
  }
}
