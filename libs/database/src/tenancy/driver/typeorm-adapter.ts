import { AsyncLocalStorage } from 'node:async_hooks';
import { DataSource, EntityManager, QueryFailedError, type QueryRunner } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import { baseDataSourceOptions } from '../../data-source-options.js';
import { PlinthError } from '../../errors.js';
import { BoundedCache } from '../bounded-cache.js';
import { enterTenant, type Timeouts } from '../entering.js';
import { StatementRefusedError, TransactionEndedError } from '../errors.js';
import { runAlone, type RoundTripForm } from '../stand-alone.js';
import { guardStatement } from '../statement-guard.js';
import { contextSource } from '../tenant-source.js';
import { runTenantTransaction } from '../tenant-transaction.js';
import { runningUnit, UnitOfWork } from '../unit-of-work.js';
import { prepareValues, statementName } from './one-sync.js';
import type { ConnectionPool } from './pool.js';
import { SavepointStack } from './savepoints.js';
import type { WireResult, WireStatement } from './wire.js';

// The one file that knows the insides of TypeORM 1.1: every repository, query builder and dataSource.query passes through
// the query runner that DataSource.createQueryRunner() makes, and PostgresQueryRunner takes its connection from connect().

/** The version of TypeORM this file was written against. */
export const ORM_VERSION = '1.1.1';

/** Statements with more parameters than this do not recur word for word, and are not prepared under a name. */
const MOST_NAMED_PARAMETERS = 64;

/** What the statements of injected repositories are sent with. */
export interface OrmRuntime {
  readonly pool: ConnectionPool;
  readonly form: RoundTripForm;
  readonly timeouts: Timeouts;
}

const names = new BoundedCache<string, string>(2_000);

function toStatement(text: string, parameters: readonly unknown[]): WireStatement {
  guardStatement(text);
  const name = parameters.length > MOST_NAMED_PARAMETERS ? null : (names.get(text) ?? names.put(text, statementName(text)));
  return { text, name, values: prepareValues(parameters) };
}

/** The unit that statements of this place join; undefined where none is running. @throws TransactionEndedError */
function joinedUnit(): UnitOfWork | undefined {
  const running = runningUnit.getStore();
  if (running === undefined) return undefined;
  if (running.unit.ended) throw new TransactionEndedError();
  return running.unit;
}

/** The transactions begun by this place's callers, so that a nested one is told from one beside it. */
const enclosing = new AsyncLocalStorage<readonly QueryRunner[]>();

/** A query runner that holds no connection: its statements join the running transaction of the tenant, or are transactions of their own. */
class TenantQueryRunner extends PostgresQueryRunner {
  readonly #runtime: OrmRuntime;
  /** The transaction this runner began because none was running. */
  #own: UnitOfWork | null = null;
  /** The savepoints this runner made in a transaction that was running. */
  #savepoints: SavepointStack | null = null;

  constructor(driver: PostgresDriver, runtime: OrmRuntime) {
    super(driver, 'master');
    this.#runtime = runtime;
  }

  override connect(): Promise<{ query(text: string, parameters?: readonly unknown[]): Promise<WireResult> }> {
    return Promise.resolve({ query: (text, parameters = []) => this.#send(toStatement(text, parameters)) });
  }

  override async release(): Promise<void> {
    if (this.#own !== null) await this.#own.rollback();
    this.#own = null;
    await super.release();
  }

  override async startTransaction(isolationLevel?: string): Promise<void> {
    if (isolationLevel !== undefined) throw new StatementRefusedError(`isolation level ${isolationLevel}`, "a tenant's transactions are READ COMMITTED.");
    this.isTransactionActive = true;
    const unit = this.#own ?? joinedUnit();
    if (unit === undefined) {
      const { pool, timeouts } = this.#runtime;
      const identity = contextSource.identity();
      this.#own = new UnitOfWork(pool, () => [enterTenant(identity, timeouts)]);
    } else {
      this.#savepoints = SavepointStack.of(unit);
      await this.#savepoints.begin(this.#owners());
    }
    this.transactionDepth += 1;
  }

  override async commitTransaction(): Promise<void> {
    this.#step();
    if (this.#savepoints !== null && this.#savepoints.holds(this)) await this.#savepoints.release(this.#owners());
    else if (this.#own !== null) {
      const unit = this.#own;
      this.#own = null;
      await unit.commit();
    }
  }

  override async rollbackTransaction(): Promise<void> {
    this.#step();
    if (this.#savepoints !== null && this.#savepoints.holds(this)) await this.#savepoints.rollback(this.#owners());
    else if (this.#own !== null) {
      const unit = this.#own;
      this.#own = null;
      await unit.rollback();
    }
  }

  /** As TypeORM's, but our own refusals pass as they are, not as a failed query. */
  override query(...given: Parameters<PostgresQueryRunner['query']>): ReturnType<PostgresQueryRunner['query']> {
    return super.query(...given).catch((error: unknown) => {
      throw error instanceof QueryFailedError && error.driverError instanceof PlinthError ? error.driverError : error;
    });
  }

  override stream(): Promise<never> {
    return Promise.reject(new StatementRefusedError('stream', 'a stream holds a connection; read pages instead.'));
  }

  #owners(): [TenantQueryRunner, ...QueryRunner[]] {
    return [this, ...(enclosing.getStore() ?? [])];
  }

  #step(): void {
    this.transactionDepth = Math.max(0, this.transactionDepth - 1);
    this.isTransactionActive = this.transactionDepth > 0;
  }

  #send(statement: WireStatement): Promise<WireResult> {
    const unit = this.#own ?? joinedUnit();
    if (unit !== undefined) {
      return SavepointStack.of(unit).run(statement, this.#owners());
    }
    const { pool, form, timeouts } = this.#runtime;
    return runAlone(pool, form, [enterTenant(contextSource.identity(), timeouts)], statement);
  }
}

type Work<T> = (manager: EntityManager) => Promise<T>;

/** An entity manager whose transaction() is the tenant's, or a savepoint of the one that is running. */
class TenantEntityManager extends EntityManager {
  constructor(
    dataSource: TenantDataSource,
    private readonly runtime: () => OrmRuntime,
    runner?: QueryRunner,
  ) {
    super(dataSource, runner);
  }

  override transaction<T>(work: Work<T>): Promise<T>;
  override transaction<T>(isolationLevel: string, work: Work<T>): Promise<T>;
  override async transaction<T>(first: string | Work<T>, second?: Work<T>): Promise<T> {
    if (typeof first === 'string') throw new StatementRefusedError(`isolation level ${first}`, "a tenant's transactions are READ COMMITTED.");
    const work = second ?? first;
    const enclosed = (manager: EntityManager): Promise<T> => {
      const outer = enclosing.getStore() ?? [];
      return enclosing.run(manager.queryRunner === undefined ? outer : [...outer, manager.queryRunner], () => work(manager));
    };
    if (this.queryRunner !== undefined || joinedUnit() !== undefined) return super.transaction(enclosed);
    return runTenantTransaction(this.runtime(), contextSource, async () => {
      const runner = this.dataSource.createQueryRunner();
      try {
        return await enclosed(runner.manager);
      } finally {
        await runner.release();
      }
    });
  }
}

/** A DataSource without connections of its own. */
class TenantDataSource extends DataSource {
  readonly #runtime: OrmRuntime;

  constructor(runtime: OrmRuntime) {
    super({ ...baseDataSourceOptions(), migrations: [], migrationsRun: false, logging: false });
    this.#runtime = runtime;
  }

  /** Reads the entities. Connects to nothing. */
  override async initialize(): Promise<this> {
    if (!(this.driver instanceof PostgresDriver)) throw new TypeError("The tenants' DataSource is for PostgreSQL only");
    const { schema } = baseDataSourceOptions();
    Object.assign(this.driver, { version: OLDEST_SERVER, isGeneratedColumnsSupported: true, schema, searchSchema: schema });
    await this.buildMetadatas();
    Object.assign(this, { isInitialized: true });
    return this;
  }

  override destroy(): Promise<void> {
    Object.assign(this, { isInitialized: false });
    return Promise.resolve();
  }

  override createQueryRunner(): QueryRunner {
    if (!(this.driver instanceof PostgresDriver)) throw new TypeError("The tenants' DataSource is for PostgreSQL only");
    const runner = new TenantQueryRunner(this.driver, this.#runtime);
    Object.assign(runner, { manager: this.createEntityManager(runner) });
    return runner;
  }

  override createEntityManager(runner?: QueryRunner): EntityManager {
    return new TenantEntityManager(this, () => this.#runtime, runner);
  }

  override synchronize(): Promise<never> {
    return Promise.reject(new StatementRefusedError('synchronize', 'the schema changes by migrations, as app_owner.'));
  }

  override runMigrations(): Promise<never> {
    return Promise.reject(new StatementRefusedError('runMigrations', 'migrations run as app_owner.'));
  }
}

/** What TypeORM is told of the server, in place of asking it: the oldest version supported. */
const OLDEST_SERVER = '15.0';

/** A DataSource whose repositories, query builders and queries are the running tenant's. Makes no connection. */
export async function openTenantDataSource(runtime: OrmRuntime): Promise<DataSource> {
  return new TenantDataSource(runtime).initialize();
}
