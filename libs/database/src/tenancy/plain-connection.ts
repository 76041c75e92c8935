import { bindStatement } from './compiled-statement.js';
import type { ConnectionPool } from './driver/pool.js';
import type { WireResult, WireStatement } from './driver/wire.js';
import type { Row, Sql, SqlParameters, TransactionalSql } from './sql.js';
import { runAlone } from './stand-alone.js';
import { runUnit, UnitOfWork } from './unit-of-work.js';

/** The Sql of statements that are sent by `send`. */
export function sqlOf(send: (statement: WireStatement) => Promise<WireResult>): Sql {
  return {
    async query<R extends object = Row>(text: string, parameters?: SqlParameters): Promise<R[]> {
      return (await send(bindStatement(text, parameters, null))).rows as R[];
    },
    async execute(text: string, parameters?: SqlParameters): Promise<number> {
      return (await send(bindStatement(text, parameters, null))).rowCount ?? 0;
    },
  };
}

/** A connection without a tenant that works as the role it logged in as. Each statement is its own transaction. */
export class PlainConnection implements TransactionalSql {
  readonly #pool: ConnectionPool;
  readonly #sql: Sql;

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
    this.#sql = sqlOf((statement) => runAlone(pool, 'one-sync', [], statement));
  }

  /** Runs one statement and returns its rows. @throws see Sql */
  query<R extends object = Row>(text: string, parameters?: SqlParameters): Promise<R[]> {
    return this.#sql.query<R>(text, parameters);
  }

  /** Runs one statement and returns how many rows it affected. @throws see Sql */
  execute(text: string, parameters?: SqlParameters): Promise<number> {
    return this.#sql.execute(text, parameters);
  }

  /** Runs `work` in one transaction. @throws CommitRolledBackError, CommitUnknownError, and what `work` throws */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const unit = new UnitOfWork(this.#pool, () => []);
    return runUnit(unit, () => work(sqlOf((statement) => unit.run(statement))));
  }
}

/** The queue's tables of all organizations, as `app_queue`. */
export class QueueConnection extends PlainConnection {}
