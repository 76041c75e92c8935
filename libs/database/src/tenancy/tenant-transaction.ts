import type { ConnectionPool } from './driver/pool.js';
import { enterTenant, type TenantIdentity, type Timeouts } from './entering.js';
import { NestedTransactionError, ParallelTransactionError } from './errors.js';
import type { TenantSource } from './tenant-source.js';
import { runningUnit, runUnit, UnitOfWork } from './unit-of-work.js';

const runningTransactions = new WeakMap<object, UnitOfWork>();

/**
 * Runs `work` in a transaction of the source's tenant; what runs inside finds the transaction as `runningUnit`.
 * @throws NestedTransactionError, ParallelTransactionError: a unit of work has one transaction at a time
 */
export async function runTenantTransaction<T>(
  runtime: { readonly pool: ConnectionPool; readonly timeouts: Timeouts },
  source: TenantSource,
  work: (unit: UnitOfWork, identity: TenantIdentity) => Promise<T>,
): Promise<T> {
  const identity = source.identity();
  const owner = source.unit();
  if (runningTransactions.has(owner)) throw runningUnit.getStore()?.owner === owner ? new NestedTransactionError() : new ParallelTransactionError();
  const unit = new UnitOfWork(runtime.pool, () => [enterTenant(identity, runtime.timeouts)]);
  runningTransactions.set(owner, unit);
  try {
    return await runUnit(unit, () => runningUnit.run({ unit, owner }, () => work(unit, identity)));
  } finally {
    runningTransactions.delete(owner);
  }
}
