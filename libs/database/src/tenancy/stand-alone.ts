import type { ConnectionPool, Lease } from './driver/pool.js';
import type { WireResult, WireStatement } from './driver/wire.js';
import { CommitRolledBackError } from './errors.js';
import { errorOf, isStalePlan } from './outcome.js';
import { BEGIN, COMMIT, ROLLBACK } from './transaction-statements.js';

/**
 * How a statement of its own is sent. `one-sync`: entering and the statement under one Sync, an implicit transaction.
 * `transaction`: BEGIN and COMMIT around them, under one Sync as well; for Citus, where the implicit form reads nothing.
 */
export type RoundTripForm = 'one-sync' | 'transaction';

/**
 * Runs one statement as its own transaction, in one round trip, on a connection taken for it alone.
 * A prepared statement gone stale under a migration is prepared anew and tried once more.
 * @throws what PostgreSQL answered; ConnectionLostError, CommitUnknownError, PoolExhaustedError
 */
export async function runAlone(pool: ConnectionPool, form: RoundTripForm, entering: readonly WireStatement[], statement: WireStatement): Promise<WireResult> {
  const explicit = form === 'transaction' && entering.length > 0;
  const batch = explicit ? [BEGIN, ...entering, statement, COMMIT] : [...entering, statement];
  const index = batch.indexOf(statement);
  const committing = explicit ? index + 1 : batch.length;
  const lease = await pool.acquire();
  let failure: unknown;
  try {
    const results = await sendRetryingStalePlan(lease, batch, explicit);
    const result = results[index];
    const last = results.at(-1);
    if (result === undefined || (explicit && last?.command !== 'COMMIT')) throw new CommitRolledBackError(undefined);
    return result;
  } catch (error) {
    failure = error;
    throw errorOf(error, committing);
  } finally {
    await giveBack(lease, failure);
  }
}

async function sendRetryingStalePlan(lease: Lease, batch: readonly WireStatement[], explicit: boolean): Promise<WireResult[]> {
  try {
    return await lease.wire.send(batch);
  } catch (error) {
    if (!isStalePlan(error)) throw error;
    lease.wire.forget([...batch, ROLLBACK]);
    if (explicit) await lease.wire.send([ROLLBACK]);
    return lease.wire.send(batch);
  }
}

/** Rolls back what is still open, then gives the connection back; one that cannot be rolled back is closed. */
export async function giveBack(lease: Lease, failure: unknown): Promise<void> {
  if (lease.wire.brokenBy === undefined && lease.wire.transactionStatus !== 'I') {
    try {
      await lease.wire.send([ROLLBACK]);
    } catch (error) {
      lease.release(error);
      return;
    }
  }
  lease.release(lease.wire.brokenBy === undefined ? undefined : failure);
}
