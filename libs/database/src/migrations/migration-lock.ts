import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { MigrationLockTimeoutError } from './errors.js';
import { MIGRATION_LOCK } from './progress.js';

const POLL_MS = 50;

export interface LockOptions {
  /** How long to wait for another process that migrates. Default ten minutes. */
  readonly waitMs?: number;
  /** Called once when another process has the lock. */
  readonly onWait?: () => void;
}

/**
 * Runs `work` while holding the database's migration lock, on a session of its own (past any pooler). Waiters poll, each try outside a
 * transaction: one that sleeps inside pg_advisory_lock makes a concurrent index build of the holder a deadlock.
 * @throws MigrationLockTimeoutError, and what `work` throws.
 */
export async function withMigrationLock<T>(connection: ClientConfig, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const client = new Client({ ...connection, application_name: 'plinth-migrations' });
  // A session that is lost while it only holds the lock must not bring the process down: the work's own connection will say.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await acquire(client, options);
    return await work();
  } finally {
    await client.end();
  }
}

async function acquire(client: Client, { waitMs = 600_000, onWait }: LockOptions): Promise<void> {
  const started = performance.now();
  for (let tries = 0; ; tries += 1) {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [MIGRATION_LOCK]);
    if (rows[0]?.locked === true) return;
    const waited = performance.now() - started;
    if (waited > waitMs) throw new MigrationLockTimeoutError(waited);
    if (tries === 0) onWait?.();
    await pause(POLL_MS);
  }
}
