import { Db } from './db.js';
import type { ConnectionPool } from './driver/pool.js';
import type { WireResult, WireStatement } from './driver/wire.js';
import { enterTenant, type Timeouts } from './entering.js';
import { OutsideTransactionError } from './errors.js';
import type { EntityCatalogue } from './repository/entity-catalogue.js';
import { runAlone, type RoundTripForm } from './stand-alone.js';
import type { TenantSource } from './tenant-source.js';
import { runTenantTransaction } from './tenant-transaction.js';
import { Tx } from './tx.js';
import { runningUnit, runUnit, UnitOfWork } from './unit-of-work.js';

/** What a tenant's statements are sent with. */
export interface TenantRuntime {
  readonly pool: ConnectionPool;
  readonly form: RoundTripForm;
  readonly timeouts: Timeouts;
  readonly catalogue: EntityCatalogue;
}

/**
 * The rows of one organization. Each statement is its own transaction and one round trip; what must be atomic goes
 * through `transaction`. Inject it as a singleton: it reads the organization from the request's context.
 */
export class TenantConnection extends Db {
  readonly #runtime: TenantRuntime;
  readonly #source: TenantSource;

  constructor(runtime: TenantRuntime, source: TenantSource) {
    super(runtime.catalogue);
    this.#runtime = runtime;
    this.#source = source;
  }

  override get orgId(): string {
    return this.#source.identity().orgId;
  }

  /**
   * Runs `work` in one transaction: n statements are n + 1 round trips, none is no connection at all. Commits when the
   * promise resolves, rolls back when it rejects; statements not awaited are waited for first.
   * @throws NestedTransactionError inside a transaction of the same unit of work, ParallelTransactionError beside one,
   * CommitRolledBackError, CommitUnknownError, and what `work` throws
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { catalogue } = this.#runtime;
    return runTenantTransaction(this.#runtime, this.#source, (unit, { orgId }) => work(new Tx(catalogue, unit, orgId)));
  }

  protected override async send(statements: readonly WireStatement[]): Promise<WireResult[]> {
    const identity = this.#source.identity();
    const running = runningUnit.getStore();
    if (running !== undefined && !running.unit.ended && running.owner === this.#source.unit()) throw new OutsideTransactionError();
    const { pool, form, timeouts } = this.#runtime;
    const entering = [enterTenant(identity, timeouts)];
    const [first, ...more] = statements;
    if (first === undefined) return [];
    if (more.length === 0) return [await runAlone(pool, form, entering, first)];
    const unit = new UnitOfWork(pool, () => entering);
    return runUnit(unit, () => Promise.all(statements.map((statement) => unit.run(statement))));
  }
}
