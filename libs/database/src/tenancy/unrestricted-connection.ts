import { newId } from '../ids.js';
import { createLogger } from '../logging.js';
import { currentContext } from './context.js';
import type { ConnectionPool } from './driver/pool.js';
import { enterAdmin, type Timeouts } from './entering.js';
import { sqlOf } from './plain-connection.js';
import type { Sql } from './sql.js';
import { runAlone, type RoundTripForm } from './stand-alone.js';
import { runUnit, UnitOfWork } from './unit-of-work.js';

const log = createLogger('unrestricted');

/** Why rows of every organization are needed, and who needs them. Both are kept. */
export interface UnrestrictedUse {
  readonly reason: string;
  readonly actor: string;
}

const RECORD = `insert into app.unrestricted_access (id, use_id, event, actor, reason, statements)
  values (:id, :useId, :event, :actor, :reason, :statements)`;

/** Work over all organizations, as `app_admin`. Every use leaves two rows in `unrestricted_access`. */
export class UnrestrictedConnection {
  readonly #pool: ConnectionPool;
  readonly #form: RoundTripForm;
  readonly #timeouts: Timeouts;

  constructor(pool: ConnectionPool, form: RoundTripForm, timeouts: Timeouts) {
    this.#pool = pool;
    this.#form = form;
    this.#timeouts = timeouts;
  }

  /**
   * Runs `work` in one transaction over the rows of every organization. That it began is committed before it begins,
   * that it ended (with the number of its statements) afterwards, also when it failed.
   * @throws TypeError without a reason or an actor; what `work` throws
   */
  async run<T>(use: UnrestrictedUse, work: (sql: Sql) => Promise<T>): Promise<T> {
    if (use.reason.trim() === '' || use.actor.trim() === '') throw new TypeError('Unrestricted work needs a reason and an actor.');
    const useId = newId();
    await this.#record(use, useId, 'STARTED', null);
    const enter = (): ReturnType<typeof enterAdmin> => enterAdmin(use.actor, currentContext()?.requestId ?? null, this.#timeouts);
    const unit = new UnitOfWork(this.#pool, () => [enter()]);
    try {
      return await runUnit(unit, () => work(sqlOf((statement) => unit.run(statement))));
    } finally {
      await this.#record(use, useId, 'ENDED', unit.statements).catch((error: unknown) => {
        log.error({ err: error, useId, actor: use.actor, statements: unit.statements }, 'the end of an unrestricted use could not be recorded');
      });
    }
  }

  async #record(use: UnrestrictedUse, useId: string, event: 'STARTED' | 'ENDED', statements: number | null): Promise<void> {
    const entering = enterAdmin(use.actor, currentContext()?.requestId ?? null, this.#timeouts);
    const sql = sqlOf((statement) => runAlone(this.#pool, this.#form, [entering], statement));
    await sql.execute(RECORD, { id: newId(), useId, event, actor: use.actor, reason: use.reason, statements });
  }
}
