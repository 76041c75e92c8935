import { currentContext } from './context.js';
import type { ConnectionPool } from './driver/pool.js';
import type { WireStatement } from './driver/wire.js';
import { enterAuth, type Timeouts } from './entering.js';
import { sqlOf } from './plain-connection.js';
import type { Row, Sql, SqlParameters } from './sql.js';
import { runAlone, type RoundTripForm } from './stand-alone.js';
import { runUnit, UnitOfWork } from './unit-of-work.js';

/** What happens before a tenant is known (signing in, registering), as `app_auth`: its tables and nothing else. */
export class AuthConnection implements Sql {
  readonly #pool: ConnectionPool;
  readonly #timeouts: Timeouts;
  readonly #sql: Sql;

  constructor(pool: ConnectionPool, form: RoundTripForm, timeouts: Timeouts) {
    this.#pool = pool;
    this.#timeouts = timeouts;
    this.#sql = sqlOf((statement) => runAlone(pool, form, [this.#enter(null)], statement));
  }

  /** Runs one statement before any user is known. @throws see Sql */
  query<R extends object = Row>(text: string, parameters?: SqlParameters): Promise<R[]> {
    return this.#sql.query<R>(text, parameters);
  }

  /** Runs one statement before any user is known, and returns how many rows it affected. @throws see Sql */
  execute(text: string, parameters?: SqlParameters): Promise<number> {
    return this.#sql.execute(text, parameters);
  }

  /**
   * Runs `work` in one transaction.
   * @param user the id of the user it is done for, once known: their own memberships become readable.
   */
  run<T>(work: (sql: Sql) => Promise<T>, user: string | null = null): Promise<T> {
    const unit = new UnitOfWork(this.#pool, () => [this.#enter(user)]);
    return runUnit(unit, () => work(sqlOf((statement) => unit.run(statement))));
  }

  #enter(user: string | null): WireStatement {
    return enterAuth(user, currentContext()?.requestId ?? null, this.#timeouts);
  }
}
